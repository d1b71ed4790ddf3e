package dev.terminalcloud.network;

import java.net.InetAddress;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;

/**
 * The proxies whose word is believed. Each proxy appends the address of whom it got the request from to
 * {@code X-Forwarded-For}; what a proxy says is believed only if the proxy is known, so the list is read from its end, and
 * the first address that is no known proxy is the client. What stands before it may be invented.
 */
public record TrustedProxyNetworks(List<IpNetwork> networks) {
    public TrustedProxyNetworks {
        networks = List.copyOf(networks);
    }

    /**
     * Reads addresses and networks like {@code 10.4.0.0/24}.
     *
     * @param key the configuration's name for them
     * @throws IllegalArgumentException naming the key and the text that is neither
     */
    public static TrustedProxyNetworks of(String key, List<String> texts) {
        return new TrustedProxyNetworks(
                texts.stream().map(text -> network(key, text)).toList());
    }

    private static IpNetwork network(String key, String text) {
        return IpNetwork.parse(text)
                .orElseThrow(() -> new IllegalArgumentException(
                        key + " must be addresses or networks like 10.4.0.0/24, not " + text));
    }

    /** Whether the address is a known proxy's. */
    public boolean isTrusted(InetAddress address) {
        return networks.stream().anyMatch(network -> network.contains(address));
    }

    /**
     * The client behind a connection; a known proxy if none of them names a client.
     *
     * @param peer the other end of the connection
     * @param forwardedFor the lines of the header, in their order
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
