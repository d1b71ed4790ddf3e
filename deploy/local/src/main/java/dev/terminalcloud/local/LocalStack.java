package dev.terminalcloud.local;

import dev.terminalcloud.embedded.EmbeddedDatabase;
import dev.terminalcloud.embedded.Port;
import dev.terminalcloud.embedded.PortInUseException;
import dev.terminalcloud.local.gateway.Gateway;
import dev.terminalcloud.local.gateway.Route;
import dev.terminalcloud.local.sandbox.EventFeed;
import dev.terminalcloud.local.sandbox.EventReader;
import dev.terminalcloud.local.traces.TraceCollector;
import io.vertx.core.Vertx;
import io.vertx.core.VertxOptions;
import java.net.http.HttpClient;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;

/**
 * The whole system on one machine: the gateway in this process, Kafka, PostgreSQL and each service as a process of its own. The
 * parts start in the order of their dependencies and stop in the opposite order.
 */
final class LocalStack {
    private static final String LOOPBACK = "127.0.0.1";

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
     * Runs until shutdown of this process is requested, which stops everything, or until something fails. The first request to shut
     * down waits until held requests are answered; a second one, or a failure, does not.
     *
     * @throws StackException the failure
     */
    static void run(Installation installation, Options options, Progress progress) {
        LocalStack stack = new LocalStack(installation, options, progress);
        Runtime.getRuntime().addShutdownHook(new Thread(stack::end, "end"));
        ShutdownSignals.watch(() -> stack.atOnce.complete(null));
        try {
            stack.start();
            throw stack.failure.join();
        } catch (StackException e) {
            // A shutdown in the middle of the startup is not a failure.
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
            progress.step("Stopped orphaned processes of an earlier start");
        }
        if (options.fresh()) {
            data.clear();
        }
        requirePorts();
        Encryption encryption = Encryption.of(options, data.tls());
        progress.step("Starting Kafka and PostgreSQL on the data in " + options.data());
        BackgroundStart<DatabaseProcess> startingDatabase = teardown.start(
                () -> BackgroundStart.begin("PostgreSQL", () -> startDatabase(data, encryption)),
                starting -> starting.end(DatabaseProcess::end));
        KafkaProcess kafka = KafkaProcess.of(
                data.kafka(), options.kafkaPort(), ProxyPorts.of(options), encryption, options.profile());
        newProcesses(data).start(List.of(kafka.service()));
        EmbeddedDatabase database = await(startingDatabase, data).running();
        progress.step("PostgreSQL ready on port " + database.port());

        Secrets secrets = Secrets.random();
        Optional<TraceCollector> traces = openTraces();
        Services services = Services.of(
                installation, options, secrets, encryption, kafka, database, traces.map(TraceCollector::endpoint));
        EventFeed feed = new EventFeed();
        teardown.start(() -> EventReader.start(kafka.administrationServers(), feed), EventReader::close);
        Vertx vertx = openVertx();
        RunningServices processes = newProcesses(data);
        Optional<Pods> pods = preparePods(services, processes);
        Upstreams upstreams = pods.map(all -> all.upstreams(services)).orElseGet(() -> Upstreams.of(services));
        Gateway gateway =
                openGateway(vertx, new PublicRoutes(upstreams, feed, traces.map(TraceCollector::traces)).list());
        List<ExternalService> external = announceExternal(services, data);
        pods.ifPresentOrElse(
                all -> all.start(vertx),
                () -> processes.start(services.of(options.development().ownServices())));
        external.forEach(service -> service.awaitReady(failure));
        registerDevices(services.pairing().get(0), secrets);
        welcome(
                new Welcome(
                        options,
                        kafka.bootstrapServers(),
                        database.reactiveUrl(),
                        data.logs().folder()),
                data,
                gateway);
    }

    /** Returns an empty set of processes; all that are started with it stop together. */
    private RunningServices newProcesses(DataFolder data) {
        return teardown.start(
                () -> new RunningServices(options, data.logs(), client, progress, failure), RunningServices::end);
    }

    private Optional<Pods> preparePods(Services services, RunningServices processes) {
        return options.hasRollouts()
                ? Optional.of(teardown.start(
                        () -> Pods.of(installation, options, services, processes, client, progress), Pods::close))
                : Optional.empty();
    }

    private List<ExternalService> announceExternal(Services services, DataFolder data) {
        return services.of(options.development().without()).stream()
                .map(service -> teardown.start(
                        () -> ExternalService.announce(service, data.environments(), client, progress),
                        ExternalService::close))
                .toList();
    }

    private Optional<TraceCollector> openTraces() {
        return options.traces()
                ? Optional.of(teardown.start(TraceCollector::open, TraceCollector::close))
                : Optional.empty();
    }

    private DatabaseProcess startDatabase(DataFolder data, Encryption encryption) {
        return DatabaseProcess.start(
                port -> EmbeddedDatabase.start(data.postgres(), data.program(), port, encryption.tls()),
                options.postgresPort(),
                options.restart(),
                progress,
                failure);
    }

    private DatabaseProcess await(BackgroundStart<DatabaseProcess> starting, DataFolder data) {
        String advice = "Read %s; then start again".formatted(data.postgres().resolve("postgres.log"));
        StartupWait wait = StartupWait.begin("PostgreSQL", advice, progress);
        return starting.started(wait, () -> ProgressSample.of("it does not accept connections", data.databaseBytes()));
    }

    private void registerDevices(Service pairing, Secrets secrets) {
        StartupWait wait = StartupWait.begin(
                "the registration of the demo devices", "Read pairing-service.log; then start again", progress);
        new DeviceRegistration(client, pairing, secrets.administration())
                .register(options.devices().ids(), wait);
        progress.step("%d demo devices registered".formatted(options.devices().count()));
    }

    private void welcome(Welcome welcome, DataFolder data, Gateway gateway) {
        String more = options.demoDevice() ? "\n" + welcome.walkThrough(switchOnDevice(welcome, data)) : "";
        // The newest stops first: held requests are answered before anything that they need has stopped.
        teardown.start(() -> new GatewayDrain(gateway, progress, atOnce), GatewayDrain::run);
        progress.step("ready");
        progress.block(welcome.addresses() + more);
    }

    private Optional<String> switchOnDevice(Welcome welcome, DataFolder data) {
        DemoDevice device = teardown.start(
                () -> DemoDevice.create(data.devices(), options.addresses().ownMqtt(), progress),
                DemoDevice::switchOff);
        return device.switchOn(fresh -> progress.block(welcome.pair(fresh)));
    }

    private Vertx openVertx() {
        return teardown.start(() -> Vertx.vertx(new VertxOptions().setEventLoopPoolSize(2)), started -> started.close()
                .toCompletionStage()
                .toCompletableFuture()
                .join());
    }

    private Gateway openGateway(Vertx vertx, List<Route> routes) {
        Addresses addresses = options.addresses();
        try {
            Gateway gateway = Gateway.listen(vertx, addresses.host(), addresses.port(), routes)
                    .toCompletionStage()
                    .toCompletableFuture()
                    .join();
            progress.step("Gateway listens on port %d; starting the services".formatted(addresses.port()));
            return gateway;
        } catch (CompletionException e) {
            throw new StackException(
                    "The gateway can't listen on %s, port %d: %s"
                            .formatted(
                                    addresses.host(),
                                    addresses.port(),
                                    e.getCause().getMessage()),
                    e);
        }
    }

    /** Checks all ports before anything is started: each would fail later, and with a less clear message. */
    private void requirePorts() {
        String host = options.addresses().host();
        requirePort(host, "The gateway", "--port", options.addresses().port());
        options.mqttPorts().forEach(port -> requirePort(host, "A device connector", "--mqtt-port", port));
        requirePort(LOOPBACK, "Kafka", "--kafka-port", options.kafkaPort());
        requirePort(LOOPBACK, "PostgreSQL", "--postgres-port", options.postgresPort());
        requirePort(LOOPBACK, "The server of rollouts", "--rollouts", options.rolloutPort());
        options.debugPorts().forEach(port -> requirePort(LOOPBACK, "A debugger's JVM", Development.DEBUG, port));
    }

    private static void requirePort(String host, String user, String option, int port) {
        try {
            if (port != 0) {
                Port.requireFree(host, port, user);
            }
        } catch (PortInUseException e) {
            throw new StackException("%s with %s".formatted(e.getMessage(), option), e);
        }
    }

    private void end() {
        progress.step("Stopping");
        teardown.close();
        progress.step("Stopped");
    }
}
