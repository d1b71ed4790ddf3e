/** Kubernetes objects, and what they say about pods. */
package dev.terminalcloud.kubernetes.manifest;
