package dev.terminalcloud.local;

import dev.terminalcloud.embedded.EmbeddedDatabase;
import dev.terminalcloud.embedded.Port;
import dev.terminalcloud.embedded.PortInUseException;
import dev.terminalcloud.local.gateway.Gateway;
import dev.terminalcloud.local.gateway.Route;
import dev.terminalcloud.local.sandbox.EventFeed;
import dev.terminalcloud.local.sandbox.EventReader;
import io.vertx.core.Vertx;
import io.vertx.core.VertxOptions;
import java.net.http.HttpClient;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;

/**
 * The whole system on one machine: the gateway in this process, Kafka, PostgreSQL and each service as a process of its own. Its
 * parts start in the order in which they need each other and end in the opposite one.
 */
final class LocalStack {
    private final Installation installation;
    private final Options options;
    private final Progress progress;
    private final Teardown teardown = new Teardown();
    private final CompletableFuture<Void> atOnce = new CompletableFuture<>();
    private final CompletableFuture<StackException> failure = new CompletableFuture<>();
    private final HttpClient client =
            HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).build();

    private LocalStack(Installation installation, Options options, Progress progress) {
        this.installation = installation;
        this.options = options;
        this.progress = progress;
    }

    /**
     * Runs until this process is asked to end, which ends everything, or until something fails. Asked once, it lets the requests that
     * are held be answered first; asked again, or when something has failed, it does not.
     *
     * @throws StackException what it was that failed
     */
    static void run(Installation installation, Options options, Progress progress) {
        LocalStack stack = new LocalStack(installation, options, progress);
        Runtime.getRuntime().addShutdownHook(new Thread(stack::end, "end"));
        ShutdownSignals.watch(() -> stack.atOnce.complete(null));
        try {
            stack.start();
            throw stack.failure.join();
        } catch (StackException e) {
            // What was asked to end in the middle of its start has not failed.
            if (!stack.teardown.isClosed()) {
                stack.atOnce.complete(null);
                throw e;
            }
        }
    }

    private void start() {
        Services.requireBuilt(installation);
        DataFolder data = teardown.start(() -> DataFolder.take(options.data()), DataFolder::release);
        data.logs().takeThisProcess();
        if (data.endLeftovers()) {
            progress.step("Ended what a killed start had left running");
        }
        if (options.fresh()) {
            data.clear();
        }
        requirePorts();
        progress.step("Kafka and PostgreSQL are starting on the data in " + options.data());
        BackgroundStart<DatabaseProcess> startingDatabase = teardown.start(
                () -> BackgroundStart.begin("PostgreSQL", () -> startDatabase(data)),
                starting -> starting.end(DatabaseProcess::end));
        KafkaProcess kafka = KafkaProcess.of(data.kafka(), options.kafkaPort(), ProxyPorts.of(options));
        newProcesses(data).start(List.of(kafka.service()));
        EmbeddedDatabase database = startingDatabase.started().running();
        progress.step("PostgreSQL ready on port " + database.port());

        Secrets secrets = Secrets.random();
        Services services = Services.of(installation, options, secrets, kafka, database);
        EventFeed feed = new EventFeed();
        teardown.start(() -> EventReader.start(kafka.bootstrapServers(), feed), EventReader::close);
        Gateway gateway = openGateway(services.routes(feed));
        newProcesses(data).start(services.all());
        options.devices().register(client, services.pairing().get(0), secrets.administration());
        progress.step("%d demo devices registered".formatted(options.devices().count()));
        welcome(
                new Welcome(
                        options,
                        kafka.bootstrapServers(),
                        database.reactiveUrl(),
                        data.logs().folder()),
                data,
                gateway);
    }

    /** None yet; what is started with them ends with them, all together. */
    private RunningServices newProcesses(DataFolder data) {
        return teardown.start(
                () -> new RunningServices(options, data.logs(), client, progress, failure), RunningServices::end);
    }

    private DatabaseProcess startDatabase(DataFolder data) {
        return DatabaseProcess.start(
                port -> EmbeddedDatabase.start(data.postgres(), data.program(), port),
                options.postgresPort(),
                options.restart(),
                progress,
                failure);
    }

    private void welcome(Welcome welcome, DataFolder data, Gateway gateway) {
        String more = options.demoDevice() ? "\n" + welcome.walkThrough(switchOnDevice(welcome, data)) : "";
        // The newest ends first: what is held is answered before anything that it needs has ended.
        teardown.start(() -> new GatewayDrain(gateway, progress, atOnce), GatewayDrain::run);
        progress.step("ready");
        progress.block(welcome.addresses() + more);
    }

    private Optional<String> switchOnDevice(Welcome welcome, DataFolder data) {
        DemoDevice device =
                teardown.start(() -> DemoDevice.create(data.devices(), options.mqttPort()), DemoDevice::switchOff);
        return device.switchOn(fresh -> progress.block(welcome.pair(fresh)));
    }

    private Gateway openGateway(List<Route> routes) {
        Vertx vertx =
                teardown.start(() -> Vertx.vertx(new VertxOptions().setEventLoopPoolSize(2)), started -> started.close()
                        .toCompletionStage()
                        .toCompletableFuture()
                        .join());
        try {
            Gateway gateway = Gateway.listen(vertx, options.host(), options.port(), routes)
                    .toCompletionStage()
                    .toCompletableFuture()
                    .join();
            progress.step("Gateway listens on port %d; the services are starting".formatted(options.port()));
            return gateway;
        } catch (CompletionException e) {
            throw new StackException(
                    "The gateway can't listen on %s, port %d: %s"
                            .formatted(
                                    options.host(), options.port(), e.getCause().getMessage()),
                    e);
        }
    }

    /** All of them before anything is started, as each would fail only later, and less clearly. */
    private void requirePorts() {
        requirePort("The gateway", "--port", options.port());
        options.mqttPorts().forEach(port -> requirePort("A device connector", "--mqtt-port", port));
        requirePort("Kafka", "--kafka-port", options.kafkaPort());
        requirePort("PostgreSQL", "--postgres-port", options.postgresPort());
    }

    private static void requirePort(String user, String option, int port) {
        try {
            Port.freeOr(port, user);
        } catch (PortInUseException e) {
            throw new StackException("%s with %s".formatted(e.getMessage(), option), e);
        }
    }

    private void end() {
        progress.step("Ending");
        teardown.close();
        progress.step("Ended");
    }
}
