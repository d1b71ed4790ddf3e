package dev.terminalcloud.benchmark.floor;

import io.vertx.core.Vertx;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.net.NetSocket;
import io.vertx.core.parsetools.RecordParser;
import io.vertx.pgclient.PgBuilder;
import io.vertx.pgclient.PgConnectOptions;
import io.vertx.sqlclient.Pool;
import io.vertx.sqlclient.PoolOptions;
import io.vertx.sqlclient.Tuple;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.logging.Level;
import java.util.logging.Logger;

/**
 * The bare chain with which the system is compared, as a process of its own: a commit, two records in Kafka, the device, one record in
 * Kafka, a commit. Raw clients, no framework, no rules, and no recovery.
 *
 * <p>A register and a device are one TCP connection each, with one line for each message: first {@code register N} or {@code device N},
 * then the numbers of transactions. The device repeats each; the register gets it back when the second commit is done.
 */
final class FloorChain {
    private static final Logger LOG = Logger.getLogger(FloorChain.class.getName());
    private static final int DATABASE_CONNECTIONS = 16;
    private static final String INSERT = "insert into floor.transaction (id, device, phase) values ($1, $2, 'QUEUED')";
    private static final String COMPLETE = "update floor.transaction set phase = 'COMPLETED' where id = $1";

    private final Pool database;
    private final FloorKafka kafka;
    private final Map<String, NetSocket> registers = new ConcurrentHashMap<>();
    private final Map<String, NetSocket> devices = new ConcurrentHashMap<>();

    private FloorChain(Pool database, FloorKafka kafka) {
        this.database = database;
        this.kafka = kafka;
    }

    /** Runs the process until its input ends; prints its port. Arguments: Kafka's address, PostgreSQL's URL. */
    public static void main(String[] arguments) throws IOException {
        Vertx vertx = Vertx.vertx();
        Pool database = PgBuilder.pool()
                .with(new PoolOptions().setMaxSize(DATABASE_CONNECTIONS))
                .connectingTo(PgConnectOptions.fromUri(arguments[1]).setCachePreparedStatements(true))
                .using(vertx)
                .build();
        FloorKafka kafka = new FloorKafka(arguments[0]);
        FloorChain chain = new FloorChain(database, kafka);
        kafka.forward(FloorTopics.COMMANDS, (device, number) -> kafka.send(FloorTopics.DELIVERIES, device, number));
        kafka.forward(FloorTopics.DELIVERIES, chain::deliver);
        kafka.forward(FloorTopics.EVENTS, chain::complete);
        vertx.createNetServer()
                .connectHandler(chain::accept)
                .listen(0, "127.0.0.1")
                .onSuccess(server -> System.out.println(server.actualPort()))
                .onFailure(e -> System.exit(1));
        try (BufferedReader input = new BufferedReader(new InputStreamReader(System.in, StandardCharsets.UTF_8))) {
            while (input.readLine() != null) {
                // Until its end.
            }
        }
        System.exit(0);
    }

    private void accept(NetSocket socket) {
        RecordParser lines = RecordParser.newDelimited("\n", socket);
        lines.handler(first -> {
            List<String> name = List.of(first.toString().split(" "));
            String number = name.get(1);
            if (name.get(0).equals("device")) {
                devices.put(number, socket);
                lines.handler(line -> kafka.send(FloorTopics.EVENTS, number, line.toString()));
            } else {
                registers.put(number, socket);
                lines.handler(line -> start(number, line.toString()));
            }
        });
    }

    private void start(String device, String number) {
        database.preparedQuery(INSERT)
                .execute(Tuple.of(Long.parseLong(number), device))
                .onSuccess(committed -> kafka.send(FloorTopics.COMMANDS, device, number))
                .onFailure(FloorChain::report);
    }

    private void deliver(String device, String number) {
        devices.get(device).write(Buffer.buffer(number + "\n"));
    }

    private void complete(String device, String number) {
        database.preparedQuery(COMPLETE)
                .execute(Tuple.of(Long.parseLong(number)))
                .onSuccess(committed -> registers.get(device).write(Buffer.buffer(number + "\n")))
                .onFailure(FloorChain::report);
    }

    private static void report(Throwable failure) {
        LOG.log(Level.SEVERE, "Failed to run a statement", failure);
    }
}
