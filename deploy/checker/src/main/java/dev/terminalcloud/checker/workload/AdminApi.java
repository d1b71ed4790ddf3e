package dev.terminalcloud.checker.workload;

import java.net.URI;

/** Where operators look after transactions. */
public record AdminApi(URI service, String password) {}
