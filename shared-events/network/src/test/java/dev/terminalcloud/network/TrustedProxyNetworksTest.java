package dev.terminalcloud.network;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Random;
import java.util.stream.Stream;
import org.junit.jupiter.api.RepeatedTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** The client that a request comes from. */
class TrustedProxyNetworksTest {
    private static final String KEY = "trusted-proxies";

    private final TrustedProxyNetworks two = proxies("10.4.0.0/24, 192.0.2.1, 2001:db8:1::/48");
    private final TrustedProxyNetworks none = TrustedProxyNetworks.of(KEY, List.of());

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '`',
            textBlock =
                    """
            # peer                | X-Forwarded-For                              | client
            203.0.113.9           |                                              | 203.0.113.9
            203.0.113.9           | 198.51.100.1                                 | 203.0.113.9
            203.0.113.9           | 198.51.100.1, 10.4.0.1                       | 203.0.113.9
            10.4.0.1              |                                              | 10.4.0.1
            10.4.0.1              | 198.51.100.1                                 | 198.51.100.1
            10.4.0.255            | 198.51.100.1                                 | 198.51.100.1
            10.4.1.0              | 198.51.100.1                                 | 10.4.1.0
            10.4.0.1              | 198.51.100.66, 198.51.100.1                  | 198.51.100.1
            10.4.0.1              | 10.4.0.9, 198.51.100.1                       | 198.51.100.1
            10.4.0.1              | 198.51.100.66, 198.51.100.1, 192.0.2.1       | 198.51.100.1
            10.4.0.1              | 198.51.100.66,198.51.100.1,192.0.2.1,10.4.0.2 | 198.51.100.1
            10.4.0.1              | 192.0.2.1, 10.4.0.2                          | 192.0.2.1
            10.4.0.1              | 198.51.100.1, unknown                        | 10.4.0.1
            10.4.0.1              | 198.51.100.1, unknown, 192.0.2.1             | 192.0.2.1
            10.4.0.1              | 198.51.100.1,                                | 10.4.0.1
            10.4.0.1              | localhost                                    | 10.4.0.1
            10.4.0.1              | 198.51.100.256                               | 10.4.0.1
            10.4.0.1              | ,                                            | 10.4.0.1
            10.4.0.1              | 198.51.100.1:50000                           | 198.51.100.1
            10.4.0.1              | [2001:db8:2:3:4:5:6:7]:443                   | 2001:db8:2:3:0:0:0:0/64
            10.4.0.1              | 2001:db8:2:3::1                              | 2001:db8:2:3:0:0:0:0/64
            10.4.0.1              | 2001:DB8:2:3:ffff::                          | 2001:db8:2:3:0:0:0:0/64
            10.4.0.1              | ::ffff:198.51.100.1                          | 198.51.100.1
            ::ffff:10.4.0.1       | 198.51.100.1                                 | 198.51.100.1
            2001:db8:1:5::1       | 198.51.100.1                                 | 198.51.100.1
            2001:db8:2::1         | 198.51.100.1                                 | 2001:db8:2:0:0:0:0:0/64
            fe80::1%eth0          | 198.51.100.1                                 | fe80:0:0:0:0:0:0:0/64
            """)
    void clientIsTheLastUntrustedAddress(String peer, String forwardedFor, String client) {
        List<String> lines = forwardedFor == null ? List.of() : List.of(forwardedFor);

        assertThat(clientOf(two, peer, lines)).isEqualTo(client);
    }

    @Test
    void linesOfTheHeaderAreOneList() {
        assertThat(clientOf(two, "10.4.0.1", List.of("198.51.100.66", "198.51.100.1", "192.0.2.1, 10.4.0.2")))
                .isEqualTo("198.51.100.1");
    }

    @Test
    void headerIsIgnoredWithoutTrustedProxies() {
        assertThat(clientOf(none, "127.0.0.1", List.of("198.51.100.1"))).isEqualTo("127.0.0.1");
    }

    /** The client stays the same for any forged entries and any number of trusted proxies. */
    @RepeatedTest(200)
    void forgedEntriesAreIgnored() {
        Random random = new Random();
        List<String> proxiesBetween = random.ints(random.nextInt(4), 0, 256)
                .mapToObj("10.4.0.%d"::formatted)
                .toList();
        List<String> hops = new ArrayList<>();
        random.ints(random.nextInt(6), 0, 5)
                .mapToObj(TrustedProxyNetworksTest::invention)
                .forEach(hops::add);
        hops.add("198.51.100.1");
        hops.addAll(proxiesBetween);

        List<String> lines = random.nextBoolean() ? hops : List.of(String.join(", ", hops));

        assertThat(clientOf(two, "10.4.0.1", lines)).as(lines.toString()).isEqualTo("198.51.100.1");
    }

    private static String invention(int kind) {
        return List.of("10.4.0.1", "192.0.2.1", "203.0.113.5", "", "\"unknown\"; [::1")
                .get(kind);
    }

    @Test
    void everyAddressOfAnIpv6CustomerIsTheSameClient() {
        Random random = new Random();
        Stream<String> clients = Stream.generate(() -> "2001:db8:9:8:%x:%x::%x"
                        .formatted(random.nextInt(1 << 16), random.nextInt(1 << 16), random.nextInt(1 << 16)))
                .limit(100)
                .map(address -> clientOf(two, "10.4.0.1", Collections.singletonList(address)));

        assertThat(clients.distinct()).containsExactly("2001:db8:9:8:0:0:0:0/64");
    }

    private static String clientOf(TrustedProxyNetworks proxies, String peer, List<String> lines) {
        return ClientAddress.of(proxies.resolveClient(IpLiteral.parse(peer).orElseThrow(), lines))
                .text();
    }

    private static TrustedProxyNetworks proxies(String text) {
        return TrustedProxyNetworks.of(KEY, List.of(text.split(",")));
    }
}
