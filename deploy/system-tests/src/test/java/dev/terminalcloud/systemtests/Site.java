package dev.terminalcloud.systemtests;

import java.net.URI;
import java.util.List;
import java.util.Map;

/**
 * A running system as its users see it.
 *
 * @param http the public HTTP entry
 * @param devices where devices connect; a way in that it has not is missing
 * @param credentials of the devices that tests may use
 */
public record Site(URI http, Map<Transport, URI> devices, List<Credentials> credentials) {

    /** What a device proves its id with. */
    public record Credentials(String deviceId, String secret) {}

    public Site {
        devices = Map.copyOf(devices);
        credentials = List.copyOf(credentials);
    }
}
