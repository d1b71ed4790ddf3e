package dev.terminalcloud.systemtests.conformance;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.platform.engine.discovery.DiscoverySelectors.selectClass;

import dev.terminalcloud.systemtests.Installation;
import dev.terminalcloud.systemtests.LocalStack;
import dev.terminalcloud.systemtests.OneStack;
import dev.terminalcloud.systemtests.Shops;
import dev.terminalcloud.systemtests.Site.Credentials;
import dev.terminalcloud.systemtests.gateways.Gateway;
import dev.terminalcloud.systemtests.gateways.NeedsGateways;
import dev.terminalcloud.systemtests.gateways.Origins;
import dev.terminalcloud.systemtests.gateways.RunningGateway;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Order;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.api.parallel.Execution;
import org.junit.jupiter.api.parallel.ExecutionMode;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.platform.launcher.LauncherDiscoveryRequest;
import org.junit.platform.launcher.core.LauncherDiscoveryRequestBuilder;
import org.junit.platform.launcher.core.LauncherFactory;
import org.junit.platform.launcher.listeners.SummaryGeneratingListener;
import org.junit.platform.launcher.listeners.TestExecutionSummary;
import org.junit.platform.launcher.listeners.TestExecutionSummary.Failure;

/**
 * The rows that a gateway can change, through real gateways with the documented configuration, and devices over MQTT in WebSocket through
 * the same gateway. Their tables are in {@code target/conformance-nginx.md} and {@code target/conformance-haproxy.md}.
 */
@Tag("slow")
@Order(1)
@ExtendWith({NeedsGateways.class, OneStack.class})
class GatewaysTest {
    /** Sections 1, 6, 8 and 10; and what is in a query, a body or a header, or is held. Not: what devices and services decide. */
    private static final List<Class<?>> ROWS = List.of(
            AdditionsConformanceTest.class,
            FieldClientsConformanceTest.class,
            LimitsConformanceTest.class,
            OverdueConformanceTest.class,
            ParametersConformanceTest.class,
            PollingConformanceTest.class,
            PresenceConformanceTest.class,
            ResponsesConformanceTest.class,
            RoutingConformanceTest.class,
            SaleDataConformanceTest.class,
            StartReplyConformanceTest.class,
            SynchronousConformanceTest.class);

    private static final int THREADS = 4;

    @TempDir
    private Path folder;

    private final Shops shops;

    GatewaysTest(Shops shops) {
        this.shops = shops;
    }

    /** One gateway after the other, beside other classes. */
    @ParameterizedTest
    @EnumSource
    @Execution(ExecutionMode.SAME_THREAD)
    void rowsAreTheSameThroughIt(Gateway gateway) throws Exception {
        List<Credentials> devices = new ArrayList<>();
        for (int i = 0; i < 2 * THREADS; i++) {
            devices.add(shops.takeDevice());
        }
        try (RunningGateway running = gateway.start(Origins.of(shops.stack()), folder)) {
            TestExecutionSummary summary = run(rows(gateway, running, devices));

            assertThat(summary.getFailures())
                    .extracting(GatewaysTest::describe)
                    .as("rows that fail through %s", gateway)
                    .isEmpty();
            assertThat(summary.getTestsSucceededCount())
                    .isEqualTo(summary.getTestsFoundCount())
                    .isGreaterThan(ROWS.size());
        }
        devices.forEach(shops::giveBack);
    }

    private LauncherDiscoveryRequest rows(Gateway gateway, RunningGateway running, List<Credentials> devices) {
        String table = "conformance-%s.md".formatted(gateway.name().toLowerCase(Locale.ROOT));
        return LauncherDiscoveryRequestBuilder.request()
                .selectors(ROWS.stream().map(rows -> selectClass(rows)).toList())
                .configurationParameters(Map.of(
                        "conformance.base-url",
                        running.http().toString(),
                        "conformance.public-url",
                        shops.site().http().toString(),
                        "conformance.mqtt-url",
                        running.webSocket().toString(),
                        "conformance.devices",
                        devices.stream()
                                .map(device -> device.deviceId() + ":" + device.secret())
                                .collect(Collectors.joining(",")),
                        "conformance.token-lifetime",
                        LocalStack.TOKEN_LIFETIME.toString(),
                        "conformance.callback-host",
                        "127.0.0.1",
                        "conformance.loopback-clients",
                        "true",
                        "conformance.table",
                        Installation.conformanceTable().resolveSibling(table).toString(),
                        "junit.jupiter.execution.parallel.config.fixed.parallelism",
                        Integer.toString(THREADS)))
                .build();
    }

    /** Runs them on a thread of their own: this one is of the pool of the tests around it. */
    private static TestExecutionSummary run(LauncherDiscoveryRequest rows) {
        SummaryGeneratingListener listener = new SummaryGeneratingListener();
        CompletableFuture.runAsync(
                        () -> LauncherFactory.create().execute(rows, listener),
                        work -> new Thread(work, "conformance").start())
                .join();
        return listener.getSummary();
    }

    private static String describe(Failure failure) {
        String where = Stream.of(failure.getException().getStackTrace())
                .filter(frame -> frame.getClassName().startsWith("dev.terminalcloud"))
                .map(StackTraceElement::toString)
                .findFirst()
                .orElse("");
        return "%s: %s (%s)".formatted(failure.getTestIdentifier().getDisplayName(), failure.getException(), where);
    }
}
