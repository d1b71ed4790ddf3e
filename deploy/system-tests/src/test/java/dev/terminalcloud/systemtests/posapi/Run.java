package dev.terminalcloud.systemtests.posapi;

/** Provokes one documented answer. */
interface Run {
    Reply provoke(RegisterFactory registers) throws Exception;
}
