package dev.terminalcloud.database;

import io.quarkus.reactive.pg.client.PgPoolCreator;
import io.vertx.pgclient.PgBuilder;
import io.vertx.pgclient.PgConnectOptions;
import io.vertx.sqlclient.Pool;
import io.vertx.sqlclient.SqlConnectOptions;
import jakarta.enterprise.context.ApplicationScoped;
import java.util.concurrent.TimeUnit;

/**
 * The service's connections to its database. A connection on which nothing was received for ten seconds is closed: the network path may be
 * dead without any notice, and a query on it would wait forever. Pending queries then fail as with any lost connection.
 */
@ApplicationScoped
public class DatabaseConnections implements PgPoolCreator {
    private static final int READ_IDLE_TIMEOUT_SECONDS = 10;
    private static final int CONNECT_TIMEOUT_MILLIS = 5_000;

    @Override
    public Pool create(Input input) {
        return PgBuilder.pool()
                .with(input.poolOptions())
                .connectingTo(input.pgConnectOptionsList().stream()
                        .<SqlConnectOptions>map(DatabaseConnections::withTimeouts)
                        .toList())
                .using(input.vertx())
                .build();
    }

    private static PgConnectOptions withTimeouts(PgConnectOptions options) {
        PgConnectOptions limited = new PgConnectOptions(options);
        limited.setConnectTimeout(CONNECT_TIMEOUT_MILLIS);
        limited.setReadIdleTimeout(READ_IDLE_TIMEOUT_SECONDS);
        limited.setIdleTimeoutUnit(TimeUnit.SECONDS);
        return limited;
    }
}
