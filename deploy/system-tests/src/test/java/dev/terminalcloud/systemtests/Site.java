package dev.terminalcloud.systemtests;

import java.net.URI;
import java.util.List;
import java.util.Map;

/**
 * A running system as its users see it.
 *
 * @param http the HTTP address
 * @param publicUrl the address that its polling URLs begin with: another one, if {@code http} is that of another gateway
 * @param devices the addresses for devices; a transport that it does not offer is absent
 * @param credentials the credentials of the devices that tests may use
 */
public record Site(URI http, URI publicUrl, Map<Transport, URI> devices, List<Credentials> credentials) {

    /** The credentials of a device. */
    public record Credentials(String deviceId, String secret) {}

    public Site {
        devices = Map.copyOf(devices);
        credentials = List.copyOf(credentials);
    }
}
