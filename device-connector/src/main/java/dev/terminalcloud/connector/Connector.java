package dev.terminalcloud.connector;

import dev.terminalcloud.connector.command.CommandReader;
import dev.terminalcloud.connector.command.StartMark;
import dev.terminalcloud.connector.kafka.EventPublisher;
import dev.terminalcloud.connector.kafka.KafkaClients;
import dev.terminalcloud.connector.mqtt.MqttListeners;
import dev.terminalcloud.connector.registry.RegistryReader;
import dev.terminalcloud.connector.session.CloseReason;
import dev.terminalcloud.connector.session.SessionDrain;
import dev.terminalcloud.connector.session.Sessions;
import dev.terminalcloud.connector.tls.Certificates;
import dev.terminalcloud.startup.PrerequisiteWaiter;
import dev.terminalcloud.startup.StartupFailedException;
import io.quarkus.runtime.ShutdownDelayInitiatedEvent;
import io.quarkus.runtime.ShutdownEvent;
import io.quarkus.runtime.StartupEvent;
import io.vertx.core.Future;
import jakarta.enterprise.event.Observes;
import jakarta.inject.Singleton;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.jboss.logging.Logger;

/**
 * Starts the connector in the only safe order, and stops it in the reverse one.
 *
 * <p>Start: the certificates of TLS, Kafka with its topics, which are waited for, the whole registry, then the start mark and the
 * commands that follow it, then the sign of life, then devices are let in. A step that fails ends the process. Stop: no more
 * devices, then no more sessions, one after the other (each device is told, and the cloud is told of each), then everything that
 * was published is written.
 */
@Singleton
class Connector {
    private static final Logger LOG = Logger.getLogger(Connector.class);
    private static final Duration STEP_TIMEOUT = Duration.ofSeconds(10);

    private final ConnectorConfiguration configuration;
    private final Certificates certificates;
    private final KafkaClients kafka;
    private final RegistryReader registryReader;
    private final CommandReader commandReader;
    private final Heartbeat heartbeat;
    private final MqttListeners listeners;
    private final Sessions sessions;
    private final SessionDrain drain;
    private final EventPublisher publisher;
    private final ProcessExit exit;
    private final PrerequisiteWaiter waiting = new PrerequisiteWaiter();
    private final Thread starting = new Thread(this::start, "connector-start");
    private volatile Stage stage = Stage.STARTING;

    Connector(
            ConnectorConfiguration configuration,
            Certificates certificates,
            KafkaClients kafka,
            RegistryReader registryReader,
            CommandReader commandReader,
            Heartbeat heartbeat,
            MqttListeners listeners,
            Sessions sessions,
            SessionDrain drain,
            EventPublisher publisher,
            ProcessExit exit) {
        this.configuration = configuration;
        this.certificates = certificates;
        this.kafka = kafka;
        this.registryReader = registryReader;
        this.commandReader = commandReader;
        this.heartbeat = heartbeat;
        this.listeners = listeners;
        this.sessions = sessions;
        this.drain = drain;
        this.publisher = publisher;
        this.exit = exit;
    }

    /** How far the connector is. */
    enum Stage {
        STARTING,
        READING_CERTIFICATES,
        WAITING_FOR_KAFKA,
        LOADING_REGISTRY,
        MARKING_START,
        OPENING_PORTS,
        READY,
        DRAINING,
        STOPPING
    }

    Stage stage() {
        return stage;
    }

    /** What the start waits for now, and why. */
    Optional<String> waitingFor() {
        return waiting.waitingFor();
    }

    /** The steps may wait for Kafka for long, so they have a thread of their own: the process is alive, not yet ready. */
    void begin(@Observes StartupEvent event) {
        ConfigurationValidator.validate(configuration);
        starting.setDaemon(true);
        starting.setUncaughtExceptionHandler((dead, failure) -> startFailed(failure));
        starting.start();
    }

    private void startFailed(Throwable failure) {
        if (stage == Stage.STOPPING) {
            return;
        }
        if (failure instanceof StartupFailedException) {
            exit.terminate("it can't start: " + failure.getMessage());
        } else {
            exit.terminate("it could not start, stage " + stage, failure);
        }
    }

    private void start() {
        try {
            advanceTo(Stage.READING_CERTIFICATES);
            await(certificates.load(), STEP_TIMEOUT);
            advanceTo(Stage.WAITING_FOR_KAFKA);
            waiting.await(kafka.topics());
            advanceTo(Stage.LOADING_REGISTRY);
            registryReader.start();
            advanceTo(Stage.MARKING_START);
            StartMark mark = commandReader.start();
            heartbeat.start(mark);
            advanceTo(Stage.OPENING_PORTS);
            await(listeners.open(mark), STEP_TIMEOUT);
            advanceTo(Stage.READY);
            LOG.infof(
                    "devices are let in: index %d, epoch %d, ports %s",
                    mark.connectorIndex(), mark.epoch(), listeners.ports());
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException("interrupted at stage " + stage, e);
        }
    }

    /**
     * Asks the devices to come back elsewhere. Until they have gone the connector does its work, and its health is told: it
     * is alive, and not ready. Where another connector has taken over, before or meanwhile, there is nothing to wait for.
     */
    void drain(@Observes ShutdownDelayInitiatedEvent event) throws InterruptedException {
        if (exit.terminating().isDone() || !startDraining()) {
            return;
        }
        listeners.refuseNewSessions();
        Duration time = configuration.drainDuration();
        Duration timeout = time.plus(configuration.limits().commandAckTimeout()).plus(STEP_TIMEOUT);
        LOG.infof("told to end: the devices are asked to come back elsewhere, over up to %d s", time.toSeconds());
        Future<Void> drained = drain.begin(time, CloseReason.CONNECTOR_SHUTDOWN);
        awaitOrWarn(
                Future.any(drained, Future.fromCompletionStage(exit.terminating()))
                        .mapEmpty(),
                timeout);
    }

    /** Does what it can: a step that fails, or takes too long, does not keep the next one from being done. */
    void stop(@Observes ShutdownEvent event) throws InterruptedException {
        if (!startStopping()) {
            return;
        }
        waiting.stop();
        starting.interrupt();
        listeners.refuseNewSessions();
        awaitOrWarn(sessions.endAll(CloseReason.CONNECTOR_SHUTDOWN), STEP_TIMEOUT);
        awaitOrWarn(listeners.close(), STEP_TIMEOUT);
        commandReader.stop();
        registryReader.stop();
        certificates.stop();
        heartbeat.stop();
        publisher.close();
    }

    private synchronized void advanceTo(Stage next) {
        if (stage == Stage.STOPPING) {
            throw new IllegalStateException("stopped before " + next);
        }
        stage = next;
    }

    private synchronized boolean startDraining() {
        boolean ready = stage == Stage.READY;
        if (ready) {
            stage = Stage.DRAINING;
        }
        return ready;
    }

    private synchronized boolean startStopping() {
        boolean first = stage != Stage.STOPPING;
        stage = Stage.STOPPING;
        return first;
    }

    private static void awaitOrWarn(Future<Void> step, Duration timeout) throws InterruptedException {
        try {
            await(step, timeout);
        } catch (IllegalStateException e) {
            LOG.warn("a step of the stop failed", e);
        }
    }

    private static void await(Future<Void> step, Duration timeout) throws InterruptedException {
        try {
            step.toCompletionStage().toCompletableFuture().get(timeout.toMillis(), TimeUnit.MILLISECONDS);
        } catch (ExecutionException e) {
            throw new IllegalStateException(e.getCause().getMessage(), e.getCause());
        } catch (TimeoutException e) {
            throw new IllegalStateException("not done within " + timeout.toSeconds() + " s", e);
        }
    }
}
