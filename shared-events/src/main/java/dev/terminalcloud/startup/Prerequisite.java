package dev.terminalcloud.startup;

/** A server, with what has to be on it, without which a service can't begin its work. */
public interface Prerequisite {

    /** What it is and where, without anything secret: {@code PostgreSQL at db:5432/terminals}. */
    String description();

    /** What to check if it does not come: the server, and the keys that lead to it. */
    String advice();

    /** Looks once, for some seconds at most. */
    CheckResult check() throws InterruptedException;
}
