package dev.terminalcloud.connector;

import dev.terminalcloud.connector.command.CommandReader;
import dev.terminalcloud.connector.command.StartMark;
import dev.terminalcloud.connector.config.ConfigurationValidator;
import dev.terminalcloud.connector.config.ConnectorConfiguration;
import dev.terminalcloud.connector.kafka.EventPublisher;
import dev.terminalcloud.connector.kafka.KafkaClients;
import dev.terminalcloud.connector.kafka.ProcessExit;
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
import io.quarkus.runtime.configuration.ConfigurationException;
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
 * <p>Startup reads the TLS certificates, waits for Kafka and its topics, reads the whole registry, appends the start mark and
 * reads the commands that follow it, starts the heartbeat, and then accepts devices. A step that fails exits the process.
 * Shutdown accepts no more devices, ends the sessions one after the other (each device is told, and the cloud is told of
 * each), and waits until everything that was published is written.
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

    Stage stage() {
        return stage;
    }

    /** Returns the prerequisite that startup waits for now, and why. */
    Optional<String> waitingFor() {
        return waiting.waitingFor();
    }

    /**
     * Starts the connector on a thread of its own, since the steps may wait for Kafka for long: the process is live, not yet
     * ready.
     */
    void begin(@Observes StartupEvent event) {
        try {
            ConfigurationValidator.validate(configuration);
            kafka.requireEncryption();
        } catch (IllegalArgumentException e) {
            // Of this one Quarkus prints the message alone.
            throw new ConfigurationException(e.getMessage());
        }
        starting.setDaemon(true);
        starting.setUncaughtExceptionHandler((dead, failure) -> startFailed(failure));
        starting.start();
    }

    private void startFailed(Throwable failure) {
        if (stage == Stage.STOPPING) {
            return;
        }
        String atStage = "Startup failed at stage %s: %s".formatted(stage, failure.getMessage());
        if (failure instanceof StartupFailedException) {
            exit.terminate("Startup failed: " + failure.getMessage());
        } else if (stage == Stage.READING_CERTIFICATES && failure.getMessage() != null) {
            exit.terminate(atStage);
        } else {
            exit.terminate(atStage, failure);
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
            StartMark mark = commandReader.start(registryReader.firstEpoch());
            heartbeat.start(mark);
            advanceTo(Stage.OPENING_PORTS);
            await(listeners.open(mark), STEP_TIMEOUT);
            advanceTo(Stage.READY);
            LOG.infof(
                    "Accepting devices: connectorIndex=%d epoch=%d ports=%s",
                    mark.connectorIndex(), mark.epoch(), listeners.ports());
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException("Interrupted at stage " + stage, e);
        }
    }

    /**
     * Drains the devices: asks them to reconnect elsewhere, after the delay in which load balancers notice that no more devices are to
     * come. Until they have left, the connector keeps working and answers health checks: it is live, and not ready. If another connector
     * has taken over, before or meanwhile, there is nothing to wait for.
     */
    void drain(@Observes ShutdownDelayInitiatedEvent event) throws InterruptedException {
        if (exit.terminating().isDone() || !startDraining()) {
            return;
        }
        heartbeat.drain();
        Duration time = configuration.drainDuration();
        Duration timeout = time.plus(configuration.limits().commandAckTimeout()).plus(STEP_TIMEOUT);
        LOG.infof("Shutdown requested, draining devices: drainSeconds=%d", time.toSeconds());
        if (exitsWithin(configuration.shutdownDelay())) {
            return;
        }
        listeners.refuseNewSessions();
        Future<Void> drained = drain.begin(time, CloseReason.CONNECTOR_SHUTDOWN);
        awaitOrWarn(
                Future.any(drained, Future.fromCompletionStage(exit.terminating()))
                        .mapEmpty(),
                timeout);
    }

    private boolean exitsWithin(Duration time) throws InterruptedException {
        try {
            exit.terminating().get(time.toMillis(), TimeUnit.MILLISECONDS);
            return true;
        } catch (ExecutionException e) {
            throw new IllegalStateException(e.getCause());
        } catch (TimeoutException goesOn) {
            return false;
        }
    }

    /** Runs every shutdown step, even if an earlier one failed or took too long. */
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
            throw new IllegalStateException("Stopped before stage " + next);
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
            LOG.warn("Shutdown step failed", e);
        }
    }

    private static void await(Future<Void> step, Duration timeout) throws InterruptedException {
        try {
            step.toCompletionStage().toCompletableFuture().get(timeout.toMillis(), TimeUnit.MILLISECONDS);
        } catch (ExecutionException e) {
            throw new IllegalStateException(e.getCause().getMessage(), e.getCause());
        } catch (TimeoutException e) {
            throw new IllegalStateException("Timed out after " + timeout.toSeconds() + " s", e);
        }
    }
}
