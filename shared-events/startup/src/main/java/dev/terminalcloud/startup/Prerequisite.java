package dev.terminalcloud.startup;

/** A server, and what must exist on it, that a service needs before it can begin its work. */
public interface Prerequisite {

    /** Returns the server and its address, without secrets: {@code PostgreSQL at db:5432/terminals}. */
    String description();

    /** Returns what to check if it stays unavailable: the server, and the configuration keys of its address. */
    String advice();

    /** Checks once, for some seconds at most. */
    CheckResult check() throws InterruptedException;
}
