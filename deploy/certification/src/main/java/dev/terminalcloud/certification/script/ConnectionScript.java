package dev.terminalcloud.certification.script;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.terminalcloud.certification.cloud.Entry.Ended;
import dev.terminalcloud.certification.cloud.Entry.Said;
import dev.terminalcloud.certification.cloud.Entry.Told;
import dev.terminalcloud.certification.cloud.Entry.TurnedAway;
import dev.terminalcloud.certification.operator.NotRunException;
import java.time.Duration;
import java.util.List;
import java.util.Optional;

/** What holds for any connection, whatever is said on it. */
public final class ConnectionScript {
    private static final int ATTEMPTS = 4;

    /** A device that always waits this long need not wait longer after each failure. */
    private static final Duration LONG_PAUSE = Duration.ofSeconds(5);

    private ConnectionScript() {}

    public static void connectsAgain(Bench bench) throws BrokenRuleException, NotRunException, InterruptedException {
        int before = bench.connected().connection();
        bench.cloud().cut();
        Duration limit = bench.times().reconnect();
        if (bench.trace().await(Bench.newerThan(before), limit).isEmpty()) {
            throw new BrokenRuleException("no hello came on a new connection within " + limit.toSeconds() + " s");
        }
    }

    public static void waitsLongerAfterEachFailure(Bench bench)
            throws BrokenRuleException, NotRunException, InterruptedException {
        bench.connected();
        int mark = bench.mark();
        bench.cloud().turnAway();
        bench.cloud().cut();
        List<TurnedAway> attempts = bench.trace()
                .await(
                        trace -> Optional.of(trace.since(mark, TurnedAway.class).toList())
                                .filter(seen -> seen.size() >= ATTEMPTS),
                        bench.times().reconnect().multipliedBy(2))
                .orElseThrow(() -> new BrokenRuleException("it gave up after %d refused attempts to connect"
                        .formatted(bench.trace().since(mark, TurnedAway.class).count())));
        Duration first = Duration.between(attempts.get(0).at(), attempts.get(1).at());
        Duration last = Duration.between(
                attempts.get(ATTEMPTS - 2).at(), attempts.get(ATTEMPTS - 1).at());
        if (last.compareTo(first) <= 0 && last.compareTo(LONG_PAUSE) < 0) {
            throw new BrokenRuleException("it waited %d ms after the first refused attempt, and %d ms after the third"
                    .formatted(first.toMillis(), last.toMillis()));
        }
    }

    public static void givesUpASilentConnection(Bench bench)
            throws BrokenRuleException, NotRunException, InterruptedException {
        bench.cloud().withhold("pong");
        Said pong = ping(bench, Bench.message("ping")).orElseThrow(() -> new NotRunException("no pong came"));
        Duration limit = bench.times().acknowledgement();
        Ended ended = bench.trace()
                .await(0, Ended.class, end -> end.connection() == pong.connection(), Times.latest(limit))
                .orElseThrow(() -> new BrokenRuleException("it kept the connection for more than %d ms"
                        .formatted(Times.latest(limit).toMillis())));
        Duration kept = Duration.between(pong.at(), ended.at());
        if (kept.compareTo(Times.earliest(limit)) < 0) {
            throw new BrokenRuleException("it gave the connection up after %d ms already".formatted(kept.toMillis()));
        }
    }

    public static void answersPing(Bench bench) throws BrokenRuleException, NotRunException, InterruptedException {
        if (ping(bench, Bench.message("ping")).isEmpty()) {
            throw new BrokenRuleException("no pong with the same nonce came within "
                    + bench.times().reply().toSeconds() + " s");
        }
    }

    public static void ignoresUnknownMembers(Bench bench)
            throws BrokenRuleException, NotRunException, InterruptedException {
        ObjectNode ping = Bench.message("ping");
        ping.putObject("aMemberOfTheFuture").put("inside", true);
        if (ping(bench, ping).isEmpty()) {
            throw new BrokenRuleException("a ping with a member that nobody knows was not answered");
        }
    }

    public static void ignoresUnknownTypes(Bench bench)
            throws BrokenRuleException, NotRunException, InterruptedException {
        Payment nothing = Payment.toBeLeft(bench.pairing().number());
        int connection = bench.connected().connection();
        int mark = bench.mark();
        bench.tell("a-type-of-the-future", nothing.id());
        if (bench.trace()
                .await(
                        trace -> trace.since(mark, Told.class)
                                .filter(told -> told.isAbout(nothing.id()))
                                .filter(trace::isAcknowledged)
                                .findFirst(),
                        bench.times().commandAcknowledgement())
                .isEmpty()) {
            throw new BrokenRuleException("it did not acknowledge a message of an unknown type");
        }
        if (ping(bench, Bench.message("ping")).isEmpty()) {
            throw new BrokenRuleException("it answered no ping after a message of an unknown type");
        }
        if (bench.connected().connection() != connection) {
            throw new BrokenRuleException("it ended the connection after a message of an unknown type");
        }
    }

    /** The pong with the same nonce. */
    private static Optional<Said> ping(Bench bench, ObjectNode ping) throws NotRunException, InterruptedException {
        String nonce = Payment.newId();
        int mark = bench.mark();
        bench.tell(ping.put("nonce", nonce));
        return bench.trace()
                .await(
                        mark,
                        Said.class,
                        said -> said.type().equals("pong") && said.text("nonce").equals(nonce),
                        bench.times().reply());
    }
}
