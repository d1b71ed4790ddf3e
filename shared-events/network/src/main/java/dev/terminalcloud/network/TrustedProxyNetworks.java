package dev.terminalcloud.network;

import java.net.InetAddress;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;

/**
 * The networks of trusted proxies. Each proxy appends the address that it received the request from to
 * {@code X-Forwarded-For}. Only the entries of trusted proxies are reliable, so the list is read from its end, and the
 * first address that is not a trusted proxy is the client. The entries before it may be forged.
 */
public record TrustedProxyNetworks(List<IpNetwork> networks) {
    public TrustedProxyNetworks {
        networks = List.copyOf(networks);
    }

    /**
     * Parses IP addresses and CIDR networks such as {@code 10.4.0.0/24}.
     *
     * @param key the configuration key, for the error message
     * @throws IllegalArgumentException if a text is neither; the message has the key and the text
     */
    public static TrustedProxyNetworks of(String key, List<String> texts) {
        return new TrustedProxyNetworks(
                texts.stream().map(text -> network(key, text)).toList());
    }

    private static IpNetwork network(String key, String text) {
        return IpNetwork.parse(text)
                .orElseThrow(() -> new IllegalArgumentException(
                        key + " must be IP addresses or CIDR networks such as 10.4.0.0/24, was " + text));
    }

    /** Returns whether the address belongs to a trusted proxy. */
    public boolean isTrusted(InetAddress address) {
        return networks.stream().anyMatch(network -> network.contains(address));
    }

    /**
     * Returns the client behind a connection, or a trusted proxy if no entry names a client.
     *
     * @param peer the other end of the connection
     * @param forwardedFor the header lines in their order
     */
    public InetAddress resolveClient(InetAddress peer, List<String> forwardedFor) {
        List<String> hops = forwardedFor.stream()
                .flatMap(line -> Arrays.stream(line.split(",", -1)))
                .toList();
        InetAddress client = peer;
        for (int i = hops.size() - 1; i >= 0 && isTrusted(client); i--) {
            Optional<InetAddress> before = IpLiteral.parse(hops.get(i));
            if (before.isEmpty()) {
                break;
            }
            client = before.get();
        }
        return client;
    }
}
