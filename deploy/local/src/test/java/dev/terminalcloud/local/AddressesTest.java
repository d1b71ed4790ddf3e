package dev.terminalcloud.local;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.InetAddress;
import java.net.URI;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class AddressesTest {
    @ParameterizedTest
    @CsvSource({
        "127.0.0.1, http://localhost:8080,   ws://localhost:8080/device,   localhost:1883,   mqtt://127.0.0.1:1883",
        "localhost, http://localhost:8080,   ws://localhost:8080/device,   localhost:1883,   mqtt://127.0.0.1:1883",
        "127.0.0.2, http://127.0.0.2:8080,   ws://127.0.0.2:8080/device,   127.0.0.2:1883,   mqtt://127.0.0.2:1883",
        "::1,       http://[::1]:8080,       ws://[::1]:8080/device,       [::1]:1883,       mqtt://[0:0:0:0:0:0:0:1]:1883",
    })
    void hostMovesEachAddress(String host, String url, String webSocket, String mqtt, URI ownMqtt) {
        Addresses addresses = new Addresses(host, 8080, 1883, Optional.empty());
        assertThat(addresses.publicUrl()).isEqualTo(url);
        assertThat(addresses.publicWebSocket()).isEqualTo(webSocket);
        assertThat(addresses.publicMqtt()).isEqualTo(mqtt);
        assertThat(addresses.ownMqtt()).isEqualTo(ownMqtt);
    }

    @ParameterizedTest
    @CsvSource({"0.0.0.0", "::"})
    void allAddressesAreShownAsTheOneThatOthersReach(String host) throws Exception {
        Addresses addresses = new Addresses(host, 8080, 1883, Optional.empty());
        URI url = URI.create(addresses.publicUrl());
        assertThat(url.getPort()).isEqualTo(8080);
        assertThat(InetAddress.getByName(url.getHost()).isAnyLocalAddress()).isFalse();
        OutboundAddress.find().ifPresent(own -> assertThat(url.getHost())
                .isIn(own.getHostAddress(), "[" + own.getHostAddress() + "]"));
        assertThat(addresses.publicMqtt()).isEqualTo(url.getHost() + ":1883");
        assertThat(addresses.ownMqtt()).isEqualTo(URI.create("mqtt://127.0.0.1:1883"));
    }

    @Test
    void publicUrlReplacesTheAddressOfHttpOnly() {
        Addresses addresses =
                new Addresses("127.0.0.1", 8080, 1883, Optional.of(URI.create("HTTPS://pay.example.org:8443/demo//")));
        assertThat(addresses.publicUrl()).isEqualTo("HTTPS://pay.example.org:8443/demo");
        assertThat(addresses.publicWebSocket()).isEqualTo("wsS://pay.example.org:8443/demo/device");
        assertThat(addresses.publicMqtt()).isEqualTo("localhost:1883");
    }

    @Test
    void pagesOfEachAddressMayOpenTerminals() {
        assertThat(new Addresses("127.0.0.1", 8080, 1883, Optional.empty()).pageOrigins())
                .containsExactly("http://localhost:8080", "http://127.0.0.1:8080");
        assertThat(new Addresses("127.0.0.1", 8080, 1883, Optional.of(URI.create("https://pay.example.org:8443/demo")))
                        .pageOrigins())
                .containsExactly("https://pay.example.org:8443", "http://localhost:8080", "http://127.0.0.1:8080");
    }
}
