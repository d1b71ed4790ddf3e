/** The environment variables that the programs in the images read. */
package dev.terminalcloud.kubernetes.configuration;
