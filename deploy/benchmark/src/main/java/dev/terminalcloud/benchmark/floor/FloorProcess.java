package dev.terminalcloud.benchmark.floor;

import dev.terminalcloud.benchmark.stack.MeasuredStack;
import java.io.BufferedReader;
import java.io.IOException;
import java.lang.ProcessBuilder.Redirect;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.List;

/** The process of the bare chain, on the Kafka and the PostgreSQL of a stack. */
public final class FloorProcess implements AutoCloseable {
    private static final String TABLE =
            """
            drop schema if exists floor cascade;
            create schema floor;
            create table floor.transaction (id bigint primary key, device text not null, phase text not null);
            """;

    private final Process process;
    private final int port;

    private FloorProcess(Process process, int port) {
        this.process = process;
        this.port = port;
    }

    /**
     * Creates the table and the topics, starts the process and returns when it accepts connections.
     *
     * @param javaOptions the JVM options
     */
    public static FloorProcess start(MeasuredStack stack, List<String> javaOptions)
            throws IOException, SQLException, InterruptedException {
        try (Connection database = DriverManager.getConnection(stack.jdbcUrl());
                Statement statement = database.createStatement()) {
            statement.execute(TABLE);
        }
        FloorTopics.create(stack.kafkaAddress());
        List<String> command = new ArrayList<>();
        command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
        command.addAll(javaOptions);
        command.addAll(List.of("-cp", System.getProperty("java.class.path"), FloorChain.class.getName()));
        command.addAll(List.of(stack.kafkaAddress(), stack.postgresUrl()));
        Process process =
                new ProcessBuilder(command).redirectError(Redirect.INHERIT).start();
        // The reader stays open: closing it would close the output of the process.
        BufferedReader output = process.inputReader(StandardCharsets.UTF_8);
        String port = output.readLine();
        if (port == null) {
            throw new IOException("The bare chain exited with code " + process.waitFor());
        }
        return new FloorProcess(process, Integer.parseInt(port));
    }

    public ProcessHandle handle() {
        return process.toHandle();
    }

    int port() {
        return port;
    }

    @Override
    public void close() {
        process.destroy();
    }
}
