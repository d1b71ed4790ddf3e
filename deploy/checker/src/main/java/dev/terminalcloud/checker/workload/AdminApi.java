package dev.terminalcloud.checker.workload;

import java.net.URI;

/** The administration API of a transaction-service. */
public record AdminApi(URI service, String password) {}
