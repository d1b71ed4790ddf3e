package dev.terminalcloud.local;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.net.URI;
import java.nio.file.Path;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import picocli.CommandLine.ParameterException;

class OptionsTest {
    private static final Installation INSTALLATION = new Installation(Path.of("/repository"));

    @Test
    void withoutOptionsItIsTheStackOfTheReadme() {
        assertThat(parse())
                .isEqualTo(new Options(
                        Path.of("/repository/deploy/local/data"),
                        new Addresses("127.0.0.1", 8080, 1883, Optional.empty()),
                        0,
                        0,
                        1,
                        1,
                        new DemoDevices(20),
                        false,
                        true,
                        false,
                        0,
                        false,
                        0,
                        Profile.QUICK));
    }

    @Test
    void eachOptionCounts() {
        assertThat(parse(
                        "--port=1",
                        "--mqtt-port=2",
                        "--host=0.0.0.0",
                        "--public-url=https://pay.example.org",
                        "--kafka-port=3",
                        "--postgres-port",
                        "4",
                        "--data=/somewhere/../else",
                        "--replicas=4",
                        "--connectors=2",
                        "--devices=21",
                        "--fresh",
                        "--no-device",
                        "--restart",
                        "--proxy-ports=5",
                        "--clock-skew=6",
                        "--profile=production"))
                .isEqualTo(new Options(
                        Path.of("/else"),
                        new Addresses("0.0.0.0", 1, 2, Optional.of(URI.create("https://pay.example.org"))),
                        3,
                        4,
                        4,
                        2,
                        new DemoDevices(21),
                        true,
                        false,
                        true,
                        5,
                        false,
                        6,
                        Profile.PRODUCTION));
        assertThat(parse("--encrypted").encrypted()).isTrue();
    }

    @Test
    void proxiesCannotForwardEncryptedConnections() {
        assertThatThrownBy(() -> parse("--encrypted", "--proxy-ports=5"))
                .isInstanceOf(ParameterException.class)
                .hasMessageContaining("--encrypted must not be combined with --proxy-ports");
    }

    @Test
    void dataFolderIsSeenFromWhereTheCommandWasTyped() {
        assertThat(parse("--data=here").data()).isEqualTo(Path.of("here").toAbsolutePath());
    }

    @ParameterizedTest
    @ValueSource(strings = {"--port=0", "--port=x", "--mqtt-port=65536", "--kafka-port=-1", "--postgres-port=70000"})
    void invalidPortIsRejectedByOptionName(String option) {
        assertThatThrownBy(() -> parse(option))
                .isInstanceOf(ParameterException.class)
                .hasMessageContaining(option.substring(0, option.indexOf('=')));
    }

    @ParameterizedTest
    @ValueSource(strings = {"0", "5", "-1", "two"})
    void invalidReplicaCountIsRejected(String number) {
        assertThatThrownBy(() -> parse("--replicas=" + number))
                .isInstanceOf(ParameterException.class)
                .hasMessageContaining("--replicas");
    }

    @ParameterizedTest
    @ValueSource(strings = {"0", "9", "two"})
    void invalidConnectorCountIsRejected(String number) {
        assertThatThrownBy(() -> parse("--connectors=" + number))
                .isInstanceOf(ParameterException.class)
                .hasMessageContaining("--connectors");
    }

    @Test
    void unknownProfileIsRejected() {
        assertThatThrownBy(() -> parse("--profile=fast"))
                .isInstanceOf(ParameterException.class)
                .hasMessage("--profile must be quick or production, was fast");
    }

    @Test
    void eachConnectorHasAPortOfItsOwn() {
        assertThat(parse("--mqtt-port=1883", "--connectors=3").mqttPorts()).containsExactly(1883, 1884, 1885);
        assertThatThrownBy(() -> parse("--mqtt-port=65535", "--connectors=2"))
                .isInstanceOf(ParameterException.class)
                .hasMessageContaining("--mqtt-port");
    }

    @ParameterizedTest
    @ValueSource(strings = {"0", "19", "100001", "many"})
    void invalidDeviceCountIsRejected(String number) {
        assertThatThrownBy(() -> parse("--devices=" + number))
                .isInstanceOf(ParameterException.class)
                .hasMessageContaining("--devices");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "--host=203.0.113.1",
                "--host=",
                "--host=no such host",
                "--public-url=pay.example.org",
                "--public-url=ftp://pay.example.org",
                "--public-url=https:///path",
                "--public-url=https://me@pay.example.org",
                "--public-url=https://pay.example.org?a=b",
                "--public-url=https://pay.example.org#a",
            })
    void invalidAddressIsRejectedByOptionName(String option) {
        assertThatThrownBy(() -> parse(option))
                .isInstanceOf(ParameterException.class)
                .hasMessageContaining(option.substring(0, option.indexOf('=')));
    }

    private static Options parse(String... arguments) {
        return LocalCommand.parse(INSTALLATION, arguments);
    }
}
