package dev.terminalcloud.local;

/**
 * The ports of a process on 127.0.0.1.
 *
 * @param http its public API
 * @param management health and metrics
 * @param administration its administration API; 0 if it has none
 */
record ServicePorts(int http, int management, int administration) {

    /** Returns the ports of a process that answers everything on one. */
    static ServicePorts same(int port) {
        return new ServicePorts(port, port, port);
    }
}
