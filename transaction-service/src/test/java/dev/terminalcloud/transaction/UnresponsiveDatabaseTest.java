package dev.terminalcloud.transaction;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowable;
import static org.awaitility.Awaitility.await;

import dev.terminalcloud.database.DatabaseConnections;
import dev.terminalcloud.database.TransientFailures;
import dev.terminalcloud.embedded.test.TestInfrastructure;
import io.quarkus.reactive.pg.client.PgPoolCreator;
import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.common.ResourceArg;
import io.quarkus.test.junit.QuarkusTest;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import io.vertx.core.VertxException;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.net.NetServer;
import io.vertx.core.net.NetSocket;
import io.vertx.pgclient.PgConnectOptions;
import io.vertx.sqlclient.Pool;
import io.vertx.sqlclient.PoolOptions;
import jakarta.inject.Inject;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.eclipse.microprofile.config.inject.ConfigProperty;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** The network to the database is dead, without an error: connections stay open, and no data arrives on them. */
@QuarkusTest
@QuarkusTestResource(
        value = TestInfrastructure.class,
        initArgs = @ResourceArg(name = TestInfrastructure.SERVICE, value = "transaction"))
class UnresponsiveDatabaseTest {
    private static final String LOOPBACK = "127.0.0.1";
    private static final int TIMEOUT_SECONDS = 20;

    @Inject
    Vertx vertx;

    @Inject
    DatabaseConnections connections;

    @ConfigProperty(name = "quarkus.datasource.reactive.url")
    String url;

    @ConfigProperty(name = "quarkus.datasource.username")
    String user;

    @ConfigProperty(name = "quarkus.datasource.password")
    String password;

    private NetServer proxy;
    private Pool pool;
    private volatile boolean isDead;

    @BeforeEach
    void startProxy() {
        PgConnectOptions database = PgConnectOptions.fromUri(url).setUser(user).setPassword(password);
        proxy = vertx.createNetServer().connectHandler(caller -> forward(caller, database));
        done(proxy.listen(0, LOOPBACK));
        pool = connections.create(new Options(
                vertx,
                new PoolOptions().setMaxSize(1),
                List.of(new PgConnectOptions(database).setHost(LOOPBACK).setPort(proxy.actualPort()))));
    }

    @AfterEach
    void close() {
        done(pool.close());
        done(proxy.close());
    }

    @Test
    void queryOnADeadConnectionFailsAndAnotherHasANewOne() {
        done(pool.query("select 1").execute());
        isDead = true;

        Throwable failure = catchThrowable(() -> done(pool.query("select 2").execute()));
        assertThat(failure).hasCauseInstanceOf(VertxException.class);
        assertThat(TransientFailures.isTransient(failure.getCause())).isTrue();

        isDead = false;
        // The pool may hand out the closed connection again before it has removed it.
        await().atMost(TIMEOUT_SECONDS, TimeUnit.SECONDS)
                .ignoreExceptionsMatching(next -> TransientFailures.isTransient(next.getCause()))
                .untilAsserted(() -> assertThat(done(pool.query("select 3").execute())
                                .iterator()
                                .next()
                                .getInteger(0))
                        .isEqualTo(3));
    }

    @Test
    void connectionThatIsAcceptedAndNeverServedIsGivenUp() {
        isDead = true;

        Throwable failure = catchThrowable(() -> done(pool.query("select 1").execute()));

        assertThat(failure).hasCauseInstanceOf(VertxException.class);
        assertThat(TransientFailures.isTransient(failure.getCause())).isTrue();
    }

    private void forward(NetSocket caller, PgConnectOptions database) {
        caller.pause();
        vertx.createNetClient().connect(database.getPort(), database.getHost()).onSuccess(callee -> {
            caller.handler(bytes -> pass(bytes, callee)).closeHandler(closed -> callee.close());
            callee.handler(bytes -> pass(bytes, caller));
            caller.resume();
        });
    }

    private void pass(Buffer bytes, NetSocket to) {
        if (!isDead) {
            to.write(bytes);
        }
    }

    private static <T> T done(Future<T> future) {
        return future.toCompletionStage()
                .toCompletableFuture()
                .orTimeout(TIMEOUT_SECONDS, TimeUnit.SECONDS)
                .join();
    }

    private record Options(Vertx vertx, PoolOptions poolOptions, List<PgConnectOptions> pgConnectOptionsList)
            implements PgPoolCreator.Input {}
}
