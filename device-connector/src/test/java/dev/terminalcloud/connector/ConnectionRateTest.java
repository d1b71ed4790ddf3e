package dev.terminalcloud.connector;

import static org.assertj.core.api.Assertions.assertThat;

import dev.terminalcloud.connector.fake.FakeCloud;
import dev.terminalcloud.connector.fake.OpenSockets;
import dev.terminalcloud.connector.fake.TestBench;
import dev.terminalcloud.connector.fake.TlsFolder;
import dev.terminalcloud.embedded.test.TestInfrastructure;
import io.micrometer.core.instrument.MeterRegistry;
import io.quarkus.test.common.WithTestResource;
import io.quarkus.test.junit.QuarkusTest;
import io.quarkus.test.junit.TestProfile;
import jakarta.inject.Inject;
import java.io.IOException;
import java.net.InetAddress;
import java.net.Socket;
import java.net.SocketException;
import java.net.SocketTimeoutException;
import java.util.HexFormat;
import java.util.concurrent.TimeUnit;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.Test;

/** The limit of new connections of an address, set low, with a gateway whose connections stand for unrelated clients. */
@QuarkusTest
@WithTestResource(TestInfrastructure.class)
@WithTestResource(TlsFolder.class)
@TestProfile(FailedConnectsTest.LowLimitsProfile.class)
class ConnectionRateTest {
    private static final int BURST = FailedConnectsTest.BURST;
    private static final int TIMEOUT_MILLIS = 30_000;
    private static final String GATEWAY = "127.0.0.1";

    /** A CONNECT whose client id is not a device id: the connector answers each with CONNACK. */
    private static final byte[] CONNECT = HexFormat.of().parseHex("100d" + "00044d51545404" + "02000a" + "0001" + "78");

    @Inject
    TestBench bench;

    @Inject
    MeterRegistry meters;

    @Test
    void connectionsBeyondTheRateOfTheirAddressAreRefused() throws IOException {
        int attempts = 4 * BURST;
        double before = refused();
        long beginNanos = System.nanoTime();
        int accepted = 0;
        for (int i = 0; i < attempts; i++) {
            accepted += isAnswered("127.8.8.1") ? 1 : 0;
        }
        long refilled = TimeUnit.NANOSECONDS.toSeconds(System.nanoTime() - beginNanos) + 1;

        assertThat(accepted).isGreaterThanOrEqualTo(BURST).isLessThanOrEqualTo(BURST + (int) refilled);
        assertThat(refused()).isEqualTo(before + attempts - accepted);
    }

    @Test
    void refusedConnectionIsResetOnEachPort() throws IOException {
        exhaust("127.8.8.2");

        for (int port : new int[] {bench.ports().mqtt(), bench.ports().webSocket()}) {
            Awaitility.await()
                    .atMost(TIMEOUT_MILLIS, TimeUnit.MILLISECONDS)
                    .until(() -> isLastOneReset("127.8.8.2", port));
        }
    }

    @Test
    void otherAddressesAndTheGatewayConnectMeanwhile() throws IOException {
        exhaust("127.8.8.3");

        assertThat(isAnswered("127.8.8.4")).isTrue();
        for (int i = 0; i < 2 * BURST; i++) {
            assertThat(isAnswered(GATEWAY)).isTrue();
        }
        try (FakeCloud cloud = bench.openCloud()) {
            bench.newStartedDevice(cloud).disconnect();
        }
    }

    @Test
    void refusedAddressIsAcceptedAgainWhenItsBucketRefills() throws IOException {
        exhaust("127.8.8.5");

        Awaitility.await().atMost(TIMEOUT_MILLIS, TimeUnit.MILLISECONDS).until(() -> isAnswered("127.8.8.5"));
    }

    /** Opens connections until two in a row are refused: a token may have come between them. */
    private void exhaust(String address) throws IOException {
        int refusedInARow = 0;
        while (refusedInARow < 2) {
            refusedInARow = isAnswered(address) ? 0 : refusedInARow + 1;
        }
    }

    private boolean isAnswered(String address) throws IOException {
        try (Socket socket = open(address, bench.ports().mqtt())) {
            socket.getOutputStream().write(CONNECT);
            return socket.getInputStream().read() >= 0;
        } catch (SocketException reset) {
            return false;
        }
    }

    /** Opens connections at once, and returns whether the last one is reset; it is not if one second after the other has passed. */
    private static boolean isLastOneReset(String address, int port) throws IOException {
        try (OpenSockets sockets = new OpenSockets()) {
            for (int i = 1; i < BURST; i++) {
                sockets.add(open(address, port));
            }
            Socket last = sockets.add(open(address, port));
            last.setSoTimeout(1_000);
            assertThat(last.getInputStream().read()).as("end without a reset").isNotEqualTo(-1);
            return false;
        } catch (SocketTimeoutException accepted) {
            return false;
        } catch (SocketException reset) {
            return true;
        }
    }

    private static Socket open(String address, int port) throws IOException {
        Socket socket = new Socket(InetAddress.getLoopbackAddress(), port, InetAddress.getByName(address), 0);
        socket.setSoTimeout(TIMEOUT_MILLIS);
        return socket;
    }

    private double refused() {
        return meters.counter("connector.connections.aborted", "reason", "too_many_new_of_address")
                .count();
    }
}
