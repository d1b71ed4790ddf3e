/** Writes container images to files, without a container engine. */
package dev.terminalcloud.images;
