package dev.terminalcloud.network;

import java.net.Inet4Address;
import java.net.InetAddress;

/**
 * The client of a request, as far as addresses identify it: an IPv4 address, or the /64 network of an IPv6 address. Each
 * customer of a provider has at least a whole /64 (RFC 6177), and could use a new address in it for each request.
 */
public record ClientAddress(String text) {
    private static final int CUSTOMER_PREFIX = 64;

    /** Clients whose address is unknown, on a Unix socket for instance: they count as one client. */
    public static final ClientAddress UNKNOWN = new ClientAddress("unknown");

    public static ClientAddress of(InetAddress address) {
        return address instanceof Inet4Address
                ? new ClientAddress(address.getHostAddress())
                : new ClientAddress(new IpNetwork(address, CUSTOMER_PREFIX).toString());
    }
}
