package dev.terminalcloud.callbackurl;

import io.netty.handler.ipfilter.IpFilterRuleType;
import io.netty.handler.ipfilter.IpSubnetFilterRule;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.util.Arrays;
import java.util.List;

/**
 * Addresses outside of the public Internet (IANA's special-purpose address registries, RFC 6890): by a callback to one
 * of them a POS could make the cloud access its own network (server-side request forgery).
 */
final class SpecialPurposeAddresses {
    private static final List<IpSubnetFilterRule> RANGES = rules(
            "0.0.0.0/8",
            "10.0.0.0/8",
            "100.64.0.0/10",
            "127.0.0.0/8",
            "169.254.0.0/16",
            "172.16.0.0/12",
            "192.0.0.0/24",
            "192.0.2.0/24",
            "192.88.99.0/24",
            "192.168.0.0/16",
            "198.18.0.0/15",
            "198.51.100.0/24",
            "203.0.113.0/24",
            "224.0.0.0/4",
            "240.0.0.0/4",
            "::/8",
            "100::/16",
            "2001::/23",
            "2001:db8::/32",
            "2002::/16",
            "3fff::/20",
            "5f00::/16",
            "fc00::/7",
            "fe80::/10",
            "fec0::/10",
            "ff00::/8");

    private SpecialPurposeAddresses() {}

    /**
     * Returns true for a special-purpose address. Java returns an IPv4 address mapped into IPv6 as IPv4, so that is
     * checked.
     */
    static boolean contains(InetAddress address) {
        InetSocketAddress probe = new InetSocketAddress(address, 0);
        return RANGES.stream().anyMatch(range -> range.matches(probe));
    }

    private static List<IpSubnetFilterRule> rules(String... ranges) {
        return Arrays.stream(ranges)
                .map(range -> range.split("/"))
                .map(range -> new IpSubnetFilterRule(range[0], Integer.parseInt(range[1]), IpFilterRuleType.REJECT))
                .toList();
    }
}
