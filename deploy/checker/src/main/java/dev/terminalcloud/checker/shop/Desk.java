package dev.terminalcloud.checker.shop;

import java.net.URI;

/** Where operators look after transactions. */
public record Desk(URI service, String password) {}
