package dev.terminalcloud.benchmark.growth;

import dev.terminalcloud.benchmark.stack.MeasuredStack;
import java.io.IOException;
import java.io.InputStream;
import java.io.PrintWriter;
import java.nio.charset.StandardCharsets;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.sql.Statement;

/**
 * The data of years, with which the tables of a running stack are filled. Only the tables: the topics of Kafka stay as they are.
 *
 * @param transactions the number of completed transactions
 * @param pairings the number of paired registers
 */
public record Growth(long transactions, long pairings) {
    private static final long CHUNK = 50_000;

    public Growth {
        if (transactions < 0 || pairings < 1) {
            throw new IllegalArgumentException(
                    "transactions and pairings must be positive, were %d and %d".formatted(transactions, pairings));
        }
    }

    /** Adds the rows that are missing, and prints the progress. */
    public void fill(MeasuredStack stack, PrintWriter out) throws IOException, SQLException {
        try (Connection database = DriverManager.getConnection(stack.jdbcUrl());
                Statement statement = database.createStatement()) {
            fill(statement, "pairings", pairings, out);
            fill(statement, "transactions", transactions, out);
            statement.execute("vacuum (analyze)");
        }
    }

    private void fill(Statement statement, String name, long count, PrintWriter out) throws IOException, SQLException {
        String template = read(name + ".sql");
        for (long first = 1; first <= count; first += CHUNK) {
            long last = Math.min(count, first + CHUNK - 1);
            statement.execute(sql(template, first, last));
            out.printf("%d of %d %s%n", last, count, name);
            out.flush();
        }
    }

    String sql(String template, long first, long last) {
        return template.replace(":first", Long.toString(first))
                .replace(":last", Long.toString(last))
                .replace(":registers", Long.toString(pairings))
                .replace(":total", Long.toString(transactions));
    }

    static String read(String name) throws IOException {
        try (InputStream script = Growth.class.getResourceAsStream(name)) {
            return new String(script.readAllBytes(), StandardCharsets.UTF_8);
        }
    }
}
