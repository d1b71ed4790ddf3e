package dev.terminalcloud.connector;

import dev.terminalcloud.connector.config.ConnectorConfiguration;
import dev.terminalcloud.connector.config.ConnectorConfiguration.Tls;
import dev.terminalcloud.connector.config.ProxyProtocol;
import dev.terminalcloud.connector.config.ProxyProtocol.DevicePort;
import dev.terminalcloud.connector.fake.FakeCloud;
import dev.terminalcloud.connector.kafka.KafkaClients;
import dev.terminalcloud.connector.kafka.ProcessExit;
import dev.terminalcloud.connector.mqtt.MqttListeners;
import dev.terminalcloud.connector.registry.DeviceRegistry;
import dev.terminalcloud.connector.session.Sessions;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import io.quarkus.arc.Arc;
import io.quarkus.runtime.ShutdownEvent;
import io.quarkus.runtime.StartupEvent;
import io.vertx.core.Vertx;
import jakarta.inject.Inject;
import java.lang.reflect.Constructor;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Proxy;
import java.time.Duration;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.awaitility.Awaitility;
import org.eclipse.microprofile.health.HealthCheckResponse;

/**
 * A connector beside the one under test, in the same process, with an index of its own and otherwise the same configuration: it starts as that
 * does, and everything that has a state is its own. It shares the settings of Kafka clients, the clock, tracing and the exit of the process.
 */
final class FurtherConnector implements AutoCloseable {
    private static final Duration TIMEOUT = Duration.ofMinutes(1);
    private static final String OWN_PACKAGES = Connector.class.getPackageName();

    private final Map<Class<?>, Object> parts = new HashMap<>();
    private final Vertx vertx = Vertx.vertx();

    /** @param different values by the names of methods of {@link ConnectorConfiguration} */
    private FurtherConnector(int index, Map<String, Object> different) {
        parts.put(Vertx.class, vertx);
        parts.put(MeterRegistry.class, new SimpleMeterRegistry());
        parts.put(ConnectorConfiguration.class, configuration(index, different));
    }

    /** Starts a connector; returns when it accepts devices. */
    static FurtherConnector start(int index) {
        return start(new FurtherConnector(index, Map.of()));
    }

    /** Starts a connector whose port without TLS expects the PROXY protocol, and no other port; returns when it accepts devices. */
    static FurtherConnector startWithProxiedPlainPort(int index) {
        ProxyProtocol shared = shared(ConnectorConfiguration.class).proxyProtocol();
        Optional<Set<DevicePort>> ports = Optional.of(Set.of(DevicePort.MQTT));
        return start(new FurtherConnector(
                index, Map.of("proxyProtocol", new PlainPortProxied(ports, shared.trustedProxies()))));
    }

    private record PlainPortProxied(Optional<Set<DevicePort>> ports, Optional<List<String>> trustedProxies)
            implements ProxyProtocol {}

    private static FurtherConnector start(FurtherConnector started) {
        try {
            started.begin();
            Awaitility.await()
                    .atMost(TIMEOUT)
                    .until(() -> started.part(Connector.class).stage() == Stage.READY);
            return started;
        } catch (RuntimeException e) {
            started.close();
            throw e;
        }
    }

    /**
     * Begins the start of a connector that differs in its TLS files.
     *
     * @param tls values by the names of methods of {@link Tls}
     */
    static FurtherConnector begin(int index, Map<String, Object> tls) {
        Tls own = overriding(Tls.class, shared(ConnectorConfiguration.class).tls(), tls);
        FurtherConnector begun = new FurtherConnector(index, Map.of("tls", own));
        begun.begin();
        return begun;
    }

    private void begin() {
        part(Connector.class).begin(new StartupEvent());
    }

    HealthCheckResponse readiness() {
        return new ConnectorReadiness(part(Connector.class)).call();
    }

    int port() {
        return part(MqttListeners.class).ports().mqtt();
    }

    MeterRegistry meters() {
        return part(MeterRegistry.class);
    }

    /** Returns the number of its devices. */
    int devices() {
        return part(Sessions.class).count();
    }

    /** Returns whether it accepts the device. */
    boolean knows(String deviceId) {
        return part(DeviceRegistry.class).isAllowed(deviceId, FakeCloud.SECRET);
    }

    @Override
    public void close() {
        try {
            part(Connector.class).stop(new ShutdownEvent());
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        } finally {
            vertx.close().toCompletionStage().toCompletableFuture().join();
        }
    }

    private static ConnectorConfiguration configuration(int index, Map<String, Object> different) {
        Map<String, Object> values = new HashMap<>(different);
        values.put("index", index);
        return overriding(ConnectorConfiguration.class, shared(ConnectorConfiguration.class), values);
    }

    private static <T> T overriding(Class<T> type, T shared, Map<String, Object> values) {
        return type.cast(Proxy.newProxyInstance(
                FurtherConnector.class.getClassLoader(), new Class<?>[] {type}, (proxy, method, arguments) -> {
                    Object value = values.get(method.getName());
                    return value == null ? method.invoke(shared, arguments) : value;
                }));
    }

    private <T> T part(Class<T> type) {
        Object known = parts.get(type);
        if (known == null) {
            known = isOwn(type) ? create(type) : shared(type);
            parts.put(type, known);
        }
        return type.cast(known);
    }

    private static boolean isOwn(Class<?> type) {
        return type.getPackageName().startsWith(OWN_PACKAGES)
                && type != KafkaClients.class
                && type != ProcessExit.class;
    }

    private static <T> T shared(Class<T> type) {
        return Arc.container().instance(type).get();
    }

    private Object create(Class<?> type) {
        try {
            Constructor<?> constructor = constructorOf(type);
            constructor.setAccessible(true);
            return constructor.newInstance(Arrays.stream(constructor.getParameterTypes())
                    .map(this::part)
                    .toArray());
        } catch (InstantiationException | IllegalAccessException | InvocationTargetException e) {
            throw new IllegalStateException("Failed to create " + type, e);
        }
    }

    /** Returns the one that injects: the only one, the one that is marked, or that without parameters. */
    private static Constructor<?> constructorOf(Class<?> type) {
        List<Constructor<?>> all = List.of(type.getDeclaredConstructors());
        return all.stream()
                .filter(constructor -> all.size() == 1
                        || constructor.isAnnotationPresent(Inject.class)
                        || constructor.getParameterCount() == 0)
                .findFirst()
                .orElseThrow();
    }
}
