package dev.terminalcloud.local;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class WelcomeTest {
    private final Welcome welcome = welcome();

    private static Welcome welcome(String... options) {
        List<String> arguments = new ArrayList<>(List.of("--port=8081", "--mqtt-port=1884"));
        arguments.addAll(List.of(options));
        return new Welcome(
                LocalCommand.parse(new Installation(Path.of("/repository")), arguments.toArray(String[]::new)),
                "127.0.0.1:9",
                "postgresql://127.0.0.1:5/postgres",
                Path.of("/data/logs"));
    }

    @Test
    void allAddressesArePrinted() {
        assertThat(welcome.addresses())
                .contains("http://localhost:8081/ in the browser")
                .contains("http://localhost:8081,")
                .contains("http://localhost:8081/docs/")
                .contains("localhost:1884")
                .contains("ws://localhost:8081/device")
                .contains("7000000001 to 7000000020")
                .contains("demo")
                .contains("127.0.0.1:9")
                .contains("postgresql://127.0.0.1:5/postgres")
                .contains("/data/logs");
    }

    @Test
    void publicUrlIsPrintedInEachAddressAndCommand() {
        Welcome proxied = welcome("--public-url=https://pay.example.org/demo/");
        assertThat(proxied.addresses() + proxied.walkThrough(Optional.of("12345678")))
                .contains("https://pay.example.org/demo/ in the browser")
                .contains("https://pay.example.org/demo/docs/")
                .contains("wss://pay.example.org/demo/device")
                .contains("'https://pay.example.org/demo/POS/Pairing/12345678'")
                .contains("'https://pay.example.org/demo/POS/Transaction'")
                .contains("MQTT on localhost:1884")
                .doesNotContain("8081");
    }

    @Test
    void commandsAreSingleLinesFromColumnOne() {
        assertThat(welcome.walkThrough(Optional.of("12345678")).lines())
                .contains(
                        "curl -X PUT 'http://localhost:8081/POS/Pairing/12345678' -d POSRegisterID=till-1"
                                + " -d POSRegisterName='Till 1' -d POSBusinessName='Demo Shop' -d POSVendorName='Demo POS'",
                        "curl 'http://localhost:8081/POS/Transaction' -d POSRegisterID=till-1"
                                + " -d POSBusinessName='Demo Shop' -d POSVendorName='Demo POS'"
                                + " -d TransactionMode=ASYNC -d TransactionType=Card.Purchase -d AmountTotal=500");
    }

    @Test
    void pairedDeviceIsPrintedWithoutACode() {
        assertThat(welcome.walkThrough(Optional.empty()))
                .contains("still paired")
                .doesNotContain("/POS/Pairing")
                .contains("/POS/Transaction");
    }
}
