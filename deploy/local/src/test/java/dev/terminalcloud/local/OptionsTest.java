package dev.terminalcloud.local;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.net.URI;
import java.nio.file.Path;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import picocli.CommandLine.ParameterException;

class OptionsTest {
    private static final Installation INSTALLATION = new Installation(Path.of("/repository"));

    @Test
    void withoutOptionsItIsTheStackOfTheReadme() {
        Options options = parse();
        assertThat(options.data()).isEqualTo(Path.of("/repository/deploy/local/data"));
        assertThat(options.addresses()).isEqualTo(new Addresses("127.0.0.1", 8080, 1883, Optional.empty()));
        assertThat(options.kafkaPort()).isZero();
        assertThat(options.postgresPort()).isZero();
        assertThat(options.replicas()).isEqualTo(1);
        assertThat(options.connectors()).isEqualTo(1);
        assertThat(options.devices()).isEqualTo(new DemoDevices(20));
        assertThat(options.fresh()).isFalse();
        assertThat(options.demoDevice()).isTrue();
        assertThat(options.restart()).isFalse();
        assertThat(options.proxyPorts()).isZero();
        assertThat(options.encrypted()).isFalse();
        assertThat(options.traces()).isFalse();
        assertThat(options.clockSkew()).isZero();
        assertThat(options.profile()).isEqualTo(Profile.QUICK);
        assertThat(options.development()).isEqualTo(Development.none());
    }

    @Test
    void eachOptionCounts() {
        assertThat(parse("--port=1", "--mqtt-port=2", "--host=0.0.0.0", "--public-url=https://pay.example.org")
                        .addresses())
                .isEqualTo(new Addresses("0.0.0.0", 1, 2, Optional.of(URI.create("https://pay.example.org"))));
        assertThat(parse("--kafka-port=3").kafkaPort()).isEqualTo(3);
        assertThat(parse("--postgres-port", "4").postgresPort()).isEqualTo(4);
        assertThat(parse("--data=/somewhere/../else").data()).isEqualTo(Path.of("/else"));
        assertThat(parse("--replicas=4").replicas()).isEqualTo(4);
        assertThat(parse("--connectors=2").connectors()).isEqualTo(2);
        assertThat(parse("--devices=21").devices()).isEqualTo(new DemoDevices(21));
        assertThat(parse("--fresh").fresh()).isTrue();
        assertThat(parse("--no-device").demoDevice()).isFalse();
        assertThat(parse("--restart").restart()).isTrue();
        assertThat(parse("--proxy-ports=5").proxyPorts()).isEqualTo(5);
        assertThat(parse("--encrypted").encrypted()).isTrue();
        assertThat(parse("--traces").traces()).isTrue();
        assertThat(parse("--clock-skew=6").clockSkew()).isEqualTo(6);
        assertThat(parse("--profile=production").profile()).isEqualTo(Profile.PRODUCTION);
        assertThat(parse("--debug=pairing-service=5", "--debug", "device-connector", "--without=transaction-service")
                        .development())
                .isEqualTo(new Development(
                        Map.of(ServiceName.PAIRING, 5, ServiceName.CONNECTOR, 0), Set.of(ServiceName.TRANSACTION)));
    }

    @ParameterizedTest
    @ValueSource(strings = {"--debug=", "--debug=kafka", "--debug=transaction=5005", "--without=Pairing-Service"})
    void unknownServiceIsRejectedWithTheKnownOnes(String option) {
        assertThatThrownBy(() -> parse(option))
                .isInstanceOf(ParameterException.class)
                .hasMessageContaining(option.substring(0, option.indexOf('='))
                        + " must name one of pairing-service, transaction-service, device-connector, was ");
    }

    @ParameterizedTest
    @ValueSource(strings = {"0", "-1", "65536", "", "x", "5005=5006"})
    void invalidDebugPortIsRejected(String port) {
        assertThatThrownBy(() -> parse("--debug=pairing-service=" + port))
                .isInstanceOf(ParameterException.class)
                .hasMessage("--debug must have a port between 1 and 65535 after '=', was " + port);
    }

    @Test
    void debugPortsOfReplicasFollowEachOther() {
        Options options = parse("--debug=transaction-service=5005", "--replicas=2");
        assertThat(options.debugPorts()).containsExactly(5005, 5006);
        assertThat(options.development().debugPort(ServiceName.TRANSACTION, 1)).contains(5006);
        assertThat(options.development().debugPort(ServiceName.PAIRING, 0)).isEmpty();
        assertThatThrownBy(() -> parse("--debug=transaction-service=65535", "--replicas=2"))
                .isInstanceOf(ParameterException.class)
                .hasMessageContaining("--debug");
    }

    @Test
    void serviceOutsideTheStackHasOneProcessAndNoDebuggerHere() {
        assertThatThrownBy(() -> parse("--without=transaction-service", "--replicas=2"))
                .isInstanceOf(ParameterException.class)
                .hasMessage("--without must name a service with one process, was transaction-service with 2");
        assertThatThrownBy(() -> parse("--without=pairing-service", "--debug=pairing-service"))
                .isInstanceOf(ParameterException.class)
                .hasMessage("--debug and --without must not name the same service, was pairing-service");
        assertThat(parse("--without=device-connector", "--replicas=2")
                        .development()
                        .ownServices())
                .containsExactly(ServiceName.PAIRING, ServiceName.TRANSACTION);
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
