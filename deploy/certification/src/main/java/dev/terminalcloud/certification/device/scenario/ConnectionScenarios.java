package dev.terminalcloud.certification.device.scenario;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.terminalcloud.certification.check.CheckFailedException;
import dev.terminalcloud.certification.device.cloud.TraceEntry.CommandSent;
import dev.terminalcloud.certification.device.cloud.TraceEntry.ConnectRefused;
import dev.terminalcloud.certification.device.cloud.TraceEntry.Disconnected;
import dev.terminalcloud.certification.device.cloud.TraceEntry.MessageReceived;
import dev.terminalcloud.certification.operator.CheckNotRunException;
import java.time.Duration;
import java.util.List;
import java.util.Optional;

/** Scenarios for connections, independent of transactions. */
public final class ConnectionScenarios {
    private static final int ATTEMPTS = 4;

    /** A device that always waits this long does not need to wait longer after each failure. */
    private static final Duration LONG_BACKOFF = Duration.ofSeconds(5);

    private ConnectionScenarios() {}

    public static void connectsAgain(DeviceUnderTest bench)
            throws CheckFailedException, CheckNotRunException, InterruptedException {
        int before = bench.connected().connection();
        bench.cloud().dropConnection();
        Duration limit = bench.times().reconnect();
        if (bench.trace().await(DeviceUnderTest.newerThan(before), limit).isEmpty()) {
            throw new CheckFailedException("no hello arrived on a new connection within " + limit.toSeconds() + " s");
        }
    }

    public static void waitsLongerAfterEachFailure(DeviceUnderTest bench)
            throws CheckFailedException, CheckNotRunException, InterruptedException {
        bench.connected();
        int mark = bench.mark();
        bench.cloud().refuseConnects();
        bench.cloud().dropConnection();
        List<ConnectRefused> attempts = bench.trace()
                .await(
                        trace -> Optional.of(
                                        trace.since(mark, ConnectRefused.class).toList())
                                .filter(seen -> seen.size() >= ATTEMPTS),
                        bench.times().reconnect().multipliedBy(2))
                .orElseThrow(() -> new CheckFailedException("it gave up after %d refused attempts to connect"
                        .formatted(
                                bench.trace().since(mark, ConnectRefused.class).count())));
        Duration first = Duration.between(attempts.get(0).at(), attempts.get(1).at());
        Duration last = Duration.between(
                attempts.get(ATTEMPTS - 2).at(), attempts.get(ATTEMPTS - 1).at());
        if (last.compareTo(first) <= 0 && last.compareTo(LONG_BACKOFF) < 0) {
            throw new CheckFailedException("it waited %d ms after the first refused attempt, and %d ms after the third"
                    .formatted(first.toMillis(), last.toMillis()));
        }
    }

    public static void reconnectsWhenUnacknowledged(DeviceUnderTest bench)
            throws CheckFailedException, CheckNotRunException, InterruptedException {
        bench.cloud().withholdAcknowledgements("pong");
        MessageReceived pong = ping(bench, DeviceUnderTest.message("ping"))
                .orElseThrow(() -> new CheckNotRunException("no pong arrived"));
        Duration limit = bench.times().acknowledgement();
        Disconnected disconnected = bench.trace()
                .await(0, Disconnected.class, end -> end.connection() == pong.connection(), Times.latest(limit))
                .orElseThrow(() -> new CheckFailedException("it kept the connection for more than %d ms"
                        .formatted(Times.latest(limit).toMillis())));
        Duration kept = Duration.between(pong.at(), disconnected.at());
        if (kept.compareTo(Times.earliest(limit)) < 0) {
            throw new CheckFailedException("it gave the connection up after %d ms already".formatted(kept.toMillis()));
        }
    }

    public static void answersPing(DeviceUnderTest bench)
            throws CheckFailedException, CheckNotRunException, InterruptedException {
        if (ping(bench, DeviceUnderTest.message("ping")).isEmpty()) {
            throw new CheckFailedException("no pong with the same nonce arrived within "
                    + bench.times().reply().toSeconds() + " s");
        }
    }

    public static void ignoresUnknownMembers(DeviceUnderTest bench)
            throws CheckFailedException, CheckNotRunException, InterruptedException {
        ObjectNode ping = DeviceUnderTest.message("ping");
        ping.putObject("aMemberOfTheFuture").put("inside", true);
        if (ping(bench, ping).isEmpty()) {
            throw new CheckFailedException("a ping with an unknown member was not answered");
        }
    }

    public static void ignoresUnknownTypes(DeviceUnderTest bench)
            throws CheckFailedException, CheckNotRunException, InterruptedException {
        OfferedPayment unknown = OfferedPayment.toBeLeft(bench.pairing().number());
        int connection = bench.connected().connection();
        int mark = bench.mark();
        bench.send("a-type-of-the-future", unknown.id());
        if (bench.trace()
                .await(
                        trace -> trace.since(mark, CommandSent.class)
                                .filter(command -> command.isAbout(unknown.id()))
                                .filter(trace::isAcknowledged)
                                .findFirst(),
                        bench.times().commandAcknowledgement())
                .isEmpty()) {
            throw new CheckFailedException("it did not acknowledge a message of an unknown type");
        }
        if (ping(bench, DeviceUnderTest.message("ping")).isEmpty()) {
            throw new CheckFailedException("it did not answer a ping after a message of an unknown type");
        }
        if (bench.connected().connection() != connection) {
            throw new CheckFailedException("it closed the connection after a message of an unknown type");
        }
    }

    /** Sends the ping, and returns the pong with the same nonce. */
    private static Optional<MessageReceived> ping(DeviceUnderTest bench, ObjectNode ping)
            throws CheckNotRunException, InterruptedException {
        String nonce = OfferedPayment.newId();
        int mark = bench.mark();
        bench.send(ping.put("nonce", nonce));
        return bench.trace()
                .await(
                        mark,
                        MessageReceived.class,
                        message -> message.type().equals("pong")
                                && message.text("nonce").equals(nonce),
                        bench.times().reply());
    }
}
