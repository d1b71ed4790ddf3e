package dev.terminalcloud.connector.command;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.terminalcloud.connector.config.ConnectorConfiguration;
import dev.terminalcloud.connector.fake.FakeCloud;
import dev.terminalcloud.connector.fake.RecordedExit;
import dev.terminalcloud.connector.fake.TestBench;
import dev.terminalcloud.connector.kafka.EventPublisher;
import dev.terminalcloud.connector.kafka.KafkaClients;
import dev.terminalcloud.connector.ratelimit.TakeoverLimiter;
import dev.terminalcloud.connector.session.SessionMetrics;
import dev.terminalcloud.connector.session.Sessions;
import dev.terminalcloud.embedded.test.TestInfrastructure;
import dev.terminalcloud.events.DeviceCommand.ConnectorStarted;
import dev.terminalcloud.events.DeviceCommand.PingDevice;
import dev.terminalcloud.tracing.Tracing;
import io.micrometer.core.instrument.MeterRegistry;
import io.quarkus.test.common.WithTestResource;
import io.quarkus.test.junit.QuarkusTest;
import io.smallrye.config.PropertiesConfigSource;
import io.smallrye.config.SmallRyeConfigBuilder;
import jakarta.inject.Inject;
import java.util.Map;
import java.util.UUID;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Start marks and commands in a partition; each test has a connector index of its own. */
@QuarkusTest
@WithTestResource(TestInfrastructure.class)
class CommandReaderTest {
    @Inject
    TestBench bench;

    @Inject
    KafkaClients clients;

    @Inject
    EventPublisher publisher;

    @Inject
    Sessions sessions;

    @Inject
    TakeoverLimiter takeovers;

    @Inject
    SessionMetrics metrics;

    @Inject
    MeterRegistry meters;

    private final RecordedExit exit = new RecordedExit();
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
    void commandsBeforeTheStartMarkAreNotRead() throws InterruptedException {
        cloud.command(20, new ConnectorStarted(20, UUID.randomUUID()));
        long before = cloud.command(20, new PingDevice("70000001", UUID.randomUUID(), "before"));
        double dropped = droppedForNoSession();
        CommandReader reader = reader(20);

        StartMark mark = reader.start(0);
        cloud.command(20, new PingDevice("70000001", UUID.randomUUID(), "after"));

        await().until(() -> droppedForNoSession() > dropped);
        assertThat(mark.epoch()).isEqualTo(before + 1);
        assertThat(droppedForNoSession()).isEqualTo(dropped + 1);
        assertThat(exit.reasons()).isEmpty();
        reader.stop();
    }

    @Test
    void laterStartOfTheSameIndexEndsTheProcess() throws InterruptedException {
        CommandReader reader = reader(21);
        reader.start(0);

        cloud.command(21, new ConnectorStarted(21, UUID.randomUUID()));

        await().until(() -> !exit.reasons().isEmpty());
        assertThat(exit.reasons()).containsExactly("Another connector started with the same index: connectorIndex=21");
        reader.stop();
    }

    @Test
    void eachStartHasAGreaterEpoch() throws InterruptedException {
        CommandReader first = reader(22);
        CommandReader second = reader(22);

        long earlier = first.start(0).epoch();
        long later = second.start(0).epoch();

        assertThat(later).isGreaterThan(earlier);
        await().until(() -> !exit.reasons().isEmpty());
        first.stop();
        second.stop();
    }

    @Test
    void epochsGoOnFromTheFirstOneWhenOffsetsBeginAgain() throws InterruptedException {
        CommandReader reader = reader(23);

        StartMark mark = reader.start(1_796_040_000_000_000L);
        cloud.command(23, new PingDevice("70000001", UUID.randomUUID(), "after"));

        assertThat(mark.epoch()).isEqualTo(1_796_040_000_000_000L + mark.offset());
        assertThat(exit.reasons()).isEmpty();
        reader.stop();
    }

    private double droppedForNoSession() {
        return meters.counter("connector.commands.dropped", "reason", "no_session")
                .count();
    }

    private CommandReader reader(int index) {
        ConnectorConfiguration configuration = new SmallRyeConfigBuilder()
                .addDiscoveredConverters()
                .withMapping(ConnectorConfiguration.class)
                .withSources(
                        new PropertiesConfigSource(Map.of("connector.index", Integer.toString(index)), "test", 100))
                .build()
                .getConfigMapping(ConnectorConfiguration.class);
        return new CommandReader(clients, publisher, sessions, takeovers, metrics, exit, Tracing.off(), configuration);
    }
}
