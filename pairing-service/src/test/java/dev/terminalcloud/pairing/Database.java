package dev.terminalcloud.pairing;

import static org.awaitility.Awaitility.await;

import jakarta.enterprise.context.ApplicationScoped;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import org.eclipse.microprofile.config.inject.ConfigProperty;
import org.postgresql.ds.PGSimpleDataSource;

/** The service's tables, read and changed from outside, as their owner. */
@ApplicationScoped
public class Database {
    /** Not {@code pg_stat_activity}: a transaction sees that as it was at its first look. */
    private static final String WAITING_FOR_THIS =
            "select pid from pg_locks where not granted and pg_backend_pid() = any (pg_blocking_pids(pid))";

    private final PGSimpleDataSource source = new PGSimpleDataSource();

    Database(
            @ConfigProperty(name = "quarkus.datasource.jdbc.url") String url,
            @ConfigProperty(name = "quarkus.flyway.username") String owner,
            @ConfigProperty(name = "quarkus.flyway.password") String password) {
        source.setUrl(url);
        source.setUser(owner);
        source.setPassword(password);
    }

    public int update(String sql, Object... parameters) {
        try (Connection connection = source.getConnection();
                PreparedStatement statement = prepare(connection, sql, parameters)) {
            return statement.executeUpdate();
        } catch (SQLException e) {
            throw new IllegalStateException(sql, e);
        }
    }

    /** Returns the first column of each row. */
    public List<Object> query(String sql, Object... parameters) {
        try (Connection connection = source.getConnection()) {
            return query(connection, sql, parameters);
        } catch (SQLException e) {
            throw new IllegalStateException(sql, e);
        }
    }

    public long count(String sql, Object... parameters) {
        return ((Number) query(sql, parameters).get(0)).longValue();
    }

    /** Locks the device until a transaction that the action brings about waits for it; returns the database's time then. */
    public Object lockUntilAwaited(String deviceId, Runnable action) {
        try (Connection holder = source.getConnection()) {
            holder.setAutoCommit(false);
            query(holder, "select 1 from device_route where device_id = ? for update", deviceId);
            action.run();
            await().until(() -> !query(holder, WAITING_FOR_THIS).isEmpty());
            return query(holder, "select clock_timestamp()").get(0);
        } catch (SQLException e) {
            throw new IllegalStateException("Failed to lock " + deviceId, e);
        }
    }

    /** Refuses new rows of the table about this device, with this SQLSTATE, until {@link #acceptRows}. */
    public void refuseRows(String table, String deviceId, String sqlState) {
        update(
                """
                create or replace function refuse_row() returns trigger language plpgsql as $$
                begin
                    if new.device_id = '%s' then
                        raise exception 'refused by the test' using errcode = '%s';
                    end if;
                    return new;
                end $$
                """
                        .formatted(deviceId, sqlState));
        update("create trigger refuse_row before insert on %s for each row execute function refuse_row()"
                .formatted(table));
    }

    /** Ends what {@link #refuseRows} has begun, if it has. */
    public void acceptRows(String table) {
        update("drop trigger if exists refuse_row on " + table);
    }

    private static List<Object> query(Connection connection, String sql, Object... parameters) throws SQLException {
        try (PreparedStatement statement = prepare(connection, sql, parameters);
                ResultSet rows = statement.executeQuery()) {
            List<Object> column = new ArrayList<>();
            while (rows.next()) {
                column.add(rows.getObject(1));
            }
            return column;
        }
    }

    private static PreparedStatement prepare(Connection connection, String sql, Object... parameters)
            throws SQLException {
        PreparedStatement statement = connection.prepareStatement(sql);
        for (int i = 0; i < parameters.length; i++) {
            statement.setObject(i + 1, parameters[i]);
        }
        return statement;
    }
}
