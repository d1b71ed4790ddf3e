package dev.terminalcloud.transaction;

import static org.awaitility.Awaitility.await;

import dev.terminalcloud.events.Topic;
import io.vertx.core.Vertx;
import io.vertx.mutiny.sqlclient.Pool;
import io.vertx.mutiny.sqlclient.SqlConnection;
import io.vertx.mutiny.sqlclient.Tuple;
import io.vertx.pgclient.PgBuilder;
import io.vertx.pgclient.PgConnectOptions;
import io.vertx.sqlclient.PoolOptions;
import jakarta.enterprise.context.ApplicationScoped;
import java.net.URI;
import java.net.http.HttpRequest;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.UUID;
import java.util.concurrent.Callable;
import java.util.function.Supplier;
import java.util.stream.Stream;
import org.apache.kafka.clients.producer.internals.BuiltInPartitioner;
import org.eclipse.microprofile.config.ConfigProvider;
import org.eclipse.microprofile.config.inject.ConfigProperty;

/** Registers and devices for one test, and access to the service's database as its owner. */
@ApplicationScoped
public class TestFixtures {
    private final KafkaTestClient kafkaClient;
    private final Pool pool;

    TestFixtures(
            KafkaTestClient kafkaClient,
            Vertx vertx,
            @ConfigProperty(name = "quarkus.datasource.reactive.url") String url,
            @ConfigProperty(name = "quarkus.flyway.username") String owner,
            @ConfigProperty(name = "quarkus.flyway.password") String password) {
        this.kafkaClient = kafkaClient;
        this.pool = Pool.newInstance(PgBuilder.pool()
                .with(new PoolOptions().setMaxSize(4))
                .connectingTo(PgConnectOptions.fromUri(url)
                        .setUser(owner)
                        .setPassword(password)
                        // As of the service's own pool.
                        .addProperty("idle_in_transaction_session_timeout", "5s"))
                .using(vertx)
                .build());
    }

    public FakeRegister register() {
        int port = ConfigProvider.getConfig().getValue("quarkus.http.test-port", Integer.class);
        return new FakeRegister(URI.create("http://localhost:" + port));
    }

    /** Returns what Prometheus scrapes. */
    String publishedMetrics() {
        String management = ConfigProvider.getConfig().getValue("test.management.url", String.class);
        return register()
                .sendsRaw(HttpRequest.newBuilder(URI.create(management + "/metrics")))
                .body();
    }

    /** Returns a register of the vendor that the configuration of the tests calls strict. */
    FakeRegister strictRegister() {
        int port = ConfigProvider.getConfig().getValue("quarkus.http.test-port", Integer.class);
        return new FakeRegister(URI.create("http://localhost:" + port), "Strict Vendor");
    }

    FakeDevice device() {
        return new FakeDevice(kafkaClient);
    }

    /** Creates a device in the same partition as the other, so that Kafka keeps the order of their events. */
    FakeDevice deviceBeside(FakeDevice other) {
        return Stream.generate(this::device)
                .filter(device -> partitionOf(device) == partitionOf(other))
                .findFirst()
                .orElseThrow();
    }

    private static int partitionOf(FakeDevice device) {
        return BuiltInPartitioner.partitionForKey(
                device.id().getBytes(StandardCharsets.UTF_8), Topic.DEVICE_REGISTRY.partitions());
    }

    /** Creates a device that is connected and paired with the register, and waits until the service knows it. */
    public FakeDevice deviceOf(FakeRegister register) {
        FakeDevice device = pairedDeviceOf(register).connected();
        awaitTrue(() -> count("device_session where session_id = $1", Tuple.of(device.session())) == 1);
        return device;
    }

    FakeDevice pairedDeviceOf(FakeRegister register) {
        FakeDevice device = device().pairedWith(register, 1, 1);
        awaitTrue(() -> count("pairing where register_id = $1", Tuple.of(register.id())) == 1);
        return device;
    }

    /** Lets the deadline for the start of the transaction pass. */
    void letExpire(UUID transaction) {
        execute("update transaction set expires_at = now() where id = $1", Tuple.of(transaction));
    }

    public long count(String fromWhere, Tuple arguments) {
        return pool.preparedQuery("select count(*) from " + fromWhere)
                .execute(arguments)
                .map(rows -> rows.iterator().next().getLong(0))
                .await()
                .indefinitely();
    }

    /** Returns the sum of a column of the rows, of which $1 is the argument. */
    public long sum(String column, String fromWhere, UUID argument) {
        return pool.preparedQuery("select cast(sum(" + column + ") as bigint) from " + fromWhere)
                .execute(Tuple.of(argument))
                .map(rows -> rows.iterator().next().getLong(0))
                .await()
                .indefinitely();
    }

    public void execute(String statement, Tuple arguments) {
        pool.preparedQuery(statement).execute(arguments).await().indefinitely();
    }

    /** Runs the action while another database transaction has locked the device and hangs. */
    <T> T whileALockIsHeldOn(FakeDevice device, Supplier<T> action) {
        SqlConnection connection = pool.getConnection().await().indefinitely();
        try {
            connection.begin().await().indefinitely();
            connection
                    .preparedQuery("select device_id from device_route where device_id = $1 for update")
                    .executeAndAwait(Tuple.of(device.id()));
            return action.get();
        } finally {
            connection.closeAndAwait();
        }
    }

    /** Runs the action while another database transaction has locked the transaction; returns the database's time just before the unlock. */
    public Instant whileLocked(UUID transaction, Runnable action) {
        SqlConnection connection = pool.getConnection().await().indefinitely();
        try {
            connection.begin().await().indefinitely();
            connection
                    .preparedQuery("select id from transaction where id = $1 for update")
                    .executeAndAwait(Tuple.of(transaction));
            action.run();
            return connection
                    .query("select clock_timestamp()")
                    .executeAndAwait()
                    .iterator()
                    .next()
                    .getOffsetDateTime(0)
                    .toInstant();
        } finally {
            connection.closeAndAwait();
        }
    }

    /** Runs the action while each query of the table fails with a transient error. */
    <T> T whileThePoolIsExhausted(String table, Supplier<T> action) {
        execute("alter table %1$s rename to %1$s_hidden".formatted(table), Tuple.tuple());
        try {
            execute(
                    """
                    create function refuse_reads() returns setof %s_hidden language plpgsql as
                    $$ begin raise exception 'refused by a test' using errcode = '53300'; end $$
                    """
                            .formatted(table),
                    Tuple.tuple());
            execute("create view %s as select * from refuse_reads()".formatted(table), Tuple.tuple());
            execute("grant all on %s to transaction".formatted(table), Tuple.tuple());
            return action.get();
        } finally {
            execute("drop function if exists refuse_reads() cascade", Tuple.tuple());
            execute("alter table %1$s_hidden rename to %1$s".formatted(table), Tuple.tuple());
        }
    }

    /** Runs the action while each query of the table would have to wait. */
    <T> T whileReadsAreBlocked(String table, Supplier<T> action) {
        SqlConnection connection = pool.getConnection().await().indefinitely();
        try {
            connection.begin().await().indefinitely();
            connection
                    .query("lock table " + table + " in access exclusive mode")
                    .executeAndAwait();
            return action.get();
        } finally {
            connection.query("rollback").executeAndAwait();
            connection.closeAndAwait();
        }
    }

    static void awaitTrue(Callable<Boolean> condition) {
        await().atMost(Duration.ofSeconds(60)).until(condition);
    }
}
