package dev.terminalcloud.benchmark.stack;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.nio.channels.Channels;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.regex.Pattern;

/**
 * The log of PostgreSQL, in which it writes each executed statement as long as this is open. It counts exactly, but costs time: nothing
 * else is measured meanwhile.
 */
public final class StatementLog implements AutoCloseable {
    private static final Pattern EXECUTED = Pattern.compile(".*LOG: {2}(statement:|execute [^:]+:).*");
    private static final String ON = "alter system set log_statement = 'all'";
    private static final String OFF = "alter system reset log_statement";

    private final Connection database;
    private final Path log;
    private final long begin;

    private StatementLog(Connection database, Path log) {
        this.database = database;
        this.log = log;
        this.begin = log.toFile().length();
    }

    public static StatementLog open(MeasuredStack stack) throws SQLException {
        Connection database = DriverManager.getConnection(stack.jdbcUrl());
        set(database, ON);
        return new StatementLog(database, stack.data().resolve("postgres/postgres.log"));
    }

    /** Returns the number of statements so far, by all clients; the begin and the end of a transaction are statements too. */
    public long count() throws IOException {
        try (FileChannel file = FileChannel.open(log)) {
            file.position(begin);
            // Not ASCII alone: statements can have texts of registers.
            BufferedReader lines = new BufferedReader(
                    new InputStreamReader(Channels.newInputStream(file), StandardCharsets.ISO_8859_1));
            return lines.lines().filter(line -> isExecuted(line)).count();
        }
    }

    static boolean isExecuted(String line) {
        return EXECUTED.matcher(line).matches();
    }

    private static void set(Connection database, String setting) throws SQLException {
        try (Statement statement = database.createStatement()) {
            statement.execute(setting);
            statement.execute("select pg_reload_conf()");
        }
    }

    @Override
    public void close() throws SQLException {
        set(database, OFF);
        database.close();
    }
}
