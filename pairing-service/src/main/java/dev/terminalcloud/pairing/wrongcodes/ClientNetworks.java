package dev.terminalcloud.pairing.wrongcodes;

import dev.terminalcloud.network.ClientAddress;
import dev.terminalcloud.network.IpNetwork;
import java.util.Optional;

/**
 * The wider networks of an IPv6 client. Providers assign a customer a /64, a /56 or a whole /48 (RFC 6177), which have up to
 * 65,536 networks of the size that counts as one client.
 */
final class ClientNetworks {
    static final int SITE = 48;
    static final int SMALL_SITE = 56;
    private static final int CLIENT = 64;

    private ClientNetworks() {}

    /** Returns the network of that prefix length that the client is in; absent for an IPv4 or unknown client. */
    static Optional<String> network(ClientAddress client, int prefix) {
        return IpNetwork.parse(client.text())
                .filter(network -> network.prefix() == CLIENT)
                .map(network -> new IpNetwork(network.address(), prefix).toString());
    }

    /** Returns the key under which attempts of all clients that share a limit exclude each other. */
    static String widest(ClientAddress client) {
        return network(client, SITE).orElse(client.text());
    }
}
