/** The rules for the objects of an installation: pure functions of the rendered objects. */
package dev.terminalcloud.kubernetes.rules;
