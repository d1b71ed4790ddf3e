package dev.terminalcloud.network;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class IpNetworkTest {
    @ParameterizedTest
    @CsvSource({
        "10.4.7.0/24,       10.4.7.255,           true",
        "10.4.7.0/24,       10.4.8.0,             false",
        "10.4.7.9/24,       10.4.7.1,             true",
        "10.4.7.0/23,       10.4.6.1,             true",
        "10.4.7.0/31,       10.4.7.1,             true",
        "10.4.7.0/31,       10.4.7.2,             false",
        "10.4.7.1,          10.4.7.1,             true",
        "10.4.7.1/32,       10.4.7.0,             false",
        "0.0.0.0/0,         255.255.255.255,      true",
        "0.0.0.0/0,         2001:db8::1,          false",
        "::/0,              10.4.7.1,             false",
        "::/0,              2001:db8::1,          true",
        "2001:db8:8::/45,   2001:db8:f:ffff::1,   true",
        "2001:db8:8::/45,   2001:db8:10::1,       false",
        "2001:db8::1,       2001:db8::1,          true",
        "128.0.0.0/1,       200.1.1.1,            true",
        "128.0.0.0/1,       100.1.1.1,            false"
    })
    void networkContainsTheAddressesThatBeginAlike(String network, String address, boolean contained) {
        assertThat(IpNetwork.parse(network)
                        .orElseThrow()
                        .contains(IpLiteral.parse(address).orElseThrow()))
                .isEqualTo(contained);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                " ",
                "/",
                "/24",
                "10.4.7.0/",
                "10.4.7.0/33",
                "10.4.7.0/-1",
                "10.4.7.0/9999",
                "10.4.7/24",
                "10.4.7.0/a",
                "localhost",
                "2001:db8::/129",
                "2001:db8::g/64",
                "*"
            })
    void invalidTextIsNotANetwork(String text) {
        assertThat(IpNetwork.parse(text)).isEmpty();
    }
}
