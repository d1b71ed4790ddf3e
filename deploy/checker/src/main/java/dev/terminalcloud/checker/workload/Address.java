package dev.terminalcloud.checker.workload;

import java.net.URI;
import java.util.List;

/**
 * Where the system is.
 *
 * @param http the public gateway
 * @param devices where devices may connect
 */
public record Address(URI http, List<URI> devices) {
    public Address {
        devices = List.copyOf(devices);
    }
}
