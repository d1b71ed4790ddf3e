package dev.terminalcloud.checker.workload;

import java.net.URI;
import java.util.List;

/**
 * The addresses of the system.
 *
 * @param http the public gateway
 * @param devices the addresses for devices
 */
public record Address(URI http, List<URI> devices) {
    public Address {
        devices = List.copyOf(devices);
    }
}
