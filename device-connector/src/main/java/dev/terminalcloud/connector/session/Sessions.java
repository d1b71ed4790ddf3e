package dev.terminalcloud.connector.session;

import dev.terminalcloud.connector.budget.DeviceBudgets;
import dev.terminalcloud.connector.config.ConnectorConfiguration;
import dev.terminalcloud.connector.kafka.EventPublisher;
import dev.terminalcloud.connector.protocol.SessionIdentity;
import dev.terminalcloud.events.DeviceCommand.SessionCommand;
import dev.terminalcloud.tracing.Tracing;
import io.micrometer.core.instrument.MeterRegistry;
import io.vertx.core.Context;
import io.vertx.core.Future;
import io.vertx.mqtt.MqttEndpoint;
import jakarta.inject.Singleton;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentMap;

/** The open sessions of this connector, at most one for each device. Thread-safe; never blocks. */
@Singleton
public class Sessions {
    private final ConcurrentMap<String, DeviceSession> byDevice = new ConcurrentHashMap<>();
    private final EventPublisher publisher;
    private final SessionMetrics metrics;
    private final ConnectorConfiguration configuration;
    private final DeviceBudgets budgets;
    private final Tracing tracing;

    Sessions(
            EventPublisher publisher,
            SessionMetrics metrics,
            ConnectorConfiguration configuration,
            DeviceBudgets budgets,
            Tracing tracing,
            MeterRegistry meters) {
        this.publisher = publisher;
        this.metrics = metrics;
        this.configuration = configuration;
        this.budgets = budgets;
        this.tracing = tracing;
        meters.gaugeMapSize("connector.connections", List.of(), byDevice);
    }

    /**
     * Opens a session on the connection's event loop; an earlier one of the same device ends.
     */
    public DeviceSession open(SessionIdentity identity, MqttEndpoint endpoint, Context context) {
        DeviceSession session = new DeviceSession(
                identity,
                endpoint,
                context,
                publisher,
                metrics,
                configuration.limits(),
                budgets,
                new SessionTraces(tracing),
                this::remove);
        DeviceSession previous = byDevice.put(identity.deviceId(), session);
        if (previous != null) {
            previous.endAsync(CloseReason.TAKEN_OVER);
        }
        return session;
    }

    /** Returns whether one more device may open a session; one that has a session may always replace it. */
    public boolean hasCapacityFor(String deviceId) {
        return byDevice.size() < configuration.limits().maxConnections() || byDevice.containsKey(deviceId);
    }

    /** Returns whether the device has an open session, which its next one ends. */
    public boolean isOpen(String deviceId) {
        return byDevice.containsKey(deviceId);
    }

    /** Returns the session that the command names, if it is open and its device's newest. */
    public Optional<DeviceSession> find(SessionCommand command) {
        return Optional.ofNullable(command.deviceId())
                .map(byDevice::get)
                .filter(session -> session.identity().sessionId().equals(command.sessionId()));
    }

    /** Ends the device's session, if there is one. */
    public void endSessionOf(String deviceId, CloseReason reason) {
        Optional.ofNullable(byDevice.get(deviceId)).ifPresent(session -> session.endAsync(reason));
    }

    /** Returns the sessions that are open now. */
    List<DeviceSession> open() {
        return List.copyOf(byDevice.values());
    }

    /** Returns the sessions that have been open for at least that time, the longest first. */
    List<DeviceSession> openFor(Duration minAge) {
        long newestNanos = System.nanoTime() - minAge.toNanos();
        return byDevice.values().stream()
                .filter(session -> session.openedNanos() - newestNanos <= 0)
                .sorted((one, other) -> Long.signum(one.openedNanos() - other.openedNanos()))
                .toList();
    }

    /** Returns the number of open sessions. */
    public int count() {
        return byDevice.size();
    }

    /**
     * Ends every session; completes when their {@code device.disconnected} have been handed to the publisher, and fails after that if one
     * can't be ended.
     */
    public Future<Void> endAll(CloseReason reason) {
        List<Future<Void>> ending = byDevice.values().stream()
                .map(session -> session.endAsync(reason))
                .toList();
        return Future.join(ending).mapEmpty();
    }

    private void remove(DeviceSession ended) {
        byDevice.remove(ended.identity().deviceId(), ended);
    }
}
