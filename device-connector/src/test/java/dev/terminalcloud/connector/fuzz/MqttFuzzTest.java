package dev.terminalcloud.connector.fuzz;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.terminalcloud.connector.fake.FakeCloud;
import dev.terminalcloud.connector.fake.TestBench;
import dev.terminalcloud.connector.session.CloseReason;
import dev.terminalcloud.embedded.test.TestInfrastructure;
import dev.terminalcloud.events.DeviceEvent.DeviceConnected;
import dev.terminalcloud.events.DeviceEvent.DeviceDisconnected;
import dev.terminalcloud.events.Event;
import io.micrometer.core.instrument.MeterRegistry;
import io.quarkus.test.common.WithTestResource;
import io.quarkus.test.junit.QuarkusTest;
import io.quarkus.test.junit.QuarkusTestProfile;
import io.quarkus.test.junit.TestProfile;
import jakarta.inject.Inject;
import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Queue;
import java.util.Set;
import java.util.SplittableRandom;
import java.util.UUID;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.function.BiFunction;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/**
 * Fuzz tests: for any input of a device its connection ends in time and for a reason of the device, the cloud learns of the
 * end of each session that it knew, no connection leaks, and a healthy device is not affected.
 */
@QuarkusTest
@WithTestResource(TestInfrastructure.class)
@TestProfile(MqttFuzzTest.FuzzProfile.class)
class MqttFuzzTest {
    private static final long FIXED_SEED = 20_260_101;
    private static final int INPUTS = Integer.getInteger("fuzz.inputs", 1_000);
    private static final int DEVICES = 8;
    private static final int SHOWN_FAILURES = 20;
    private static final Duration TIMEOUT = Duration.ofSeconds(60);

    /** Reasons that a device can't cause. */
    private static final List<CloseReason> NOT_BY_DEVICES = List.of(
            CloseReason.INTERNAL_ERROR,
            CloseReason.EVENT_PUBLISH_TIMEOUT,
            CloseReason.REVOKED,
            CloseReason.CONNECTOR_SHUTDOWN,
            CloseReason.REBALANCED,
            CloseReason.COMMAND_ACK_TIMEOUT);

    public static final class FuzzProfile implements QuarkusTestProfile {
        @Override
        public Map<String, String> getConfigOverrides() {
            return Map.of(
                    "connector.limits.connect-timeout", "2s",
                    "connector.limits.hello-timeout", "2s",
                    // A device connects again at once, before the connector has seen the end of its last connection.
                    "connector.takeovers.max-per-device", "1000000",
                    // Eight devices send all of it.
                    "connector.budgets.max-messages-per-second", "1000000",
                    "connector.budgets.max-message-burst", "1000000",
                    "connector.budgets.max-connection-burst", "1000000",
                    "connector.budgets.max-unknown-transaction-burst", "10000",
                    "connector.budgets.pairing-code-interval", "0s");
        }
    }

    @Inject
    TestBench bench;

    @Inject
    MeterRegistry meters;

    private FakeCloud cloud;

    @BeforeEach
    void openCloud() {
        cloud = bench.openCloud();
    }

    @AfterEach
    void closeCloud() {
        cloud.close();
    }

    @Test
    void eachCorruptedPacketIsHandledAtEachStage() throws Exception {
        fuzz("corrupted packets, seed " + FIXED_SEED, new SplittableRandom(FIXED_SEED), FuzzCases::corruptedPackets);
    }

    @Test
    void messagesAndTopicsCanBeHostile() throws Exception {
        fuzz("hostile messages, seed " + FIXED_SEED, new SplittableRandom(FIXED_SEED), FuzzCases::hostileMessages);
    }

    @Test
    void framesBelowMqttCanBeWrong() throws Exception {
        fuzz("frames", new SplittableRandom(FIXED_SEED), (conversations, random) -> conversations.stream()
                .flatMap(conversation -> FrameFuzzCases.of(conversation).stream())
                .toList());
    }

    @Test
    void conversationsCanBeMutated() throws Exception {
        long seed = Long.getLong("fuzz.seed", System.nanoTime());
        fuzz(
                "mutated conversations, -Dfuzz.seed=" + seed,
                new SplittableRandom(seed),
                (conversations, random) -> IntStream.range(0, INPUTS)
                        .mapToObj(i -> FuzzCases.mutated(FuzzCases.one(conversations, random), random))
                        .toList());
    }

    private void fuzz(
            String title,
            SplittableRandom random,
            BiFunction<List<Conversation>, SplittableRandom, List<FuzzCase>> generator)
            throws ExecutionException, InterruptedException {
        List<String> devices =
                Stream.generate(() -> bench.newDevice(cloud)).limit(DEVICES).toList();
        Closings closings = new Closings(meters);
        Queue<String> failures = new ConcurrentLinkedQueue<>();
        int inputs;
        int answered;
        List<String> errors;
        try (LoggedErrors logged = new LoggedErrors();
                HealthyDevice healthy = new HealthyDevice(bench)) {
            inputs = sendAll(devices, random, generator, failures);
            awaitOpenConnections(1);
            answered = healthy.answeredAll();
            errors = logged.soFar();
        }
        awaitOpenConnections(0);
        await().atMost(TIMEOUT).until(() -> sessions(DeviceConnected.class).equals(sessions(DeviceDisconnected.class)));
        System.out.printf(
                "Fuzz, %s: %d inputs, connections closed by reason %s, %d wrong; a healthy device answered %d pings%n",
                title, inputs, closings.sinceThen(), failures.size(), answered);
        assertThat(inputs).isPositive();
        assertThat(failures.stream().limit(SHOWN_FAILURES)).as(title).isEmpty();
        assertThat(errors.stream().limit(SHOWN_FAILURES)).as(title).isEmpty();
        assertThat(closings.sinceThen()).doesNotContainKeys(NOT_BY_DEVICES.toArray(CloseReason[]::new));
        assertThat(answered).isPositive();
    }

    /** Sends all cases: each device has one connection at a time, and half of them speak MQTT 5. */
    private int sendAll(
            List<String> devices,
            SplittableRandom random,
            BiFunction<List<Conversation>, SplittableRandom, List<FuzzCase>> generator,
            Queue<String> failures)
            throws ExecutionException, InterruptedException {
        RawConnection connection = new RawConnection(bench.ports());
        ExecutorService threads = Executors.newFixedThreadPool(DEVICES);
        try {
            int inputs = 0;
            List<Future<?>> running = new ArrayList<>();
            for (int i = 0; i < DEVICES; i++) {
                int version = i % 2 == 0 ? Packet.MQTT_3_1_1 : Packet.MQTT_5;
                List<FuzzCase> fuzzCases =
                        part(generator.apply(List.of(new Conversation(devices.get(i), version)), random), i);
                inputs += fuzzCases.size();
                SplittableRandom own = random.split();
                running.add(
                        threads.submit(() -> fuzzCases.forEach(fuzzCase -> send(connection, fuzzCase, own, failures))));
            }
            for (Future<?> each : running) {
                each.get();
            }
            return inputs;
        } finally {
            threads.shutdownNow();
        }
    }

    /** Returns the share of one device: devices that speak one version share the cases of that version. */
    private static List<FuzzCase> part(List<FuzzCase> fuzzCases, int device) {
        int sharers = DEVICES / 2;
        return IntStream.range(0, fuzzCases.size())
                .filter(i -> i % sharers == device / 2)
                .mapToObj(fuzzCases::get)
                .toList();
    }

    private static void send(
            RawConnection connection, FuzzCase fuzzCase, SplittableRandom random, Queue<String> failures) {
        try {
            connection.send(fuzzCase, random).ifPresent(failure -> failures.add(failure + " after " + fuzzCase));
        } catch (IOException e) {
            failures.add("No connection (" + e + ") for " + fuzzCase);
        }
    }

    private void awaitOpenConnections(int expected) {
        await().atMost(TIMEOUT).untilAsserted(() -> assertThat(
                        meters.get("connector.connections").gauge().value())
                .isEqualTo(expected));
    }

    private Set<UUID> sessions(Class<? extends Event> type) {
        return cloud.receivedEvents().stream()
                .filter(type::isInstance)
                .map(event -> event instanceof DeviceConnected connected
                        ? connected.sessionId()
                        : ((DeviceDisconnected) event).sessionId())
                .collect(Collectors.toSet());
    }
}
