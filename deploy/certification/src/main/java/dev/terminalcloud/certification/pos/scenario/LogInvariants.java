package dev.terminalcloud.certification.pos.scenario;

import dev.terminalcloud.certification.check.CheckFailedException;
import dev.terminalcloud.certification.operator.CheckNotRunException;
import dev.terminalcloud.certification.pos.gateway.Call;
import dev.terminalcloud.certification.pos.gateway.GatewayEvent;
import dev.terminalcloud.certification.pos.gateway.GatewayEvent.AnswerSent;
import dev.terminalcloud.certification.pos.gateway.GatewayEvent.RequestReceived;
import dev.terminalcloud.certification.pos.gateway.GatewayEvent.TransactionStored;
import dev.terminalcloud.certification.pos.gateway.PosRequest;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;

/** Rules for all requests of the POS, checked on the complete log. */
public final class LogInvariants {
    /** So many polls in less than the time for them are too many. */
    private static final int POLLS = 6;
    /** The times of a network vary. */
    private static final int TOLERANCE_PERCENT = 70;

    private LogInvariants() {}

    public static void startsWellFormed(PosUnderTest pos) throws CheckFailedException, CheckNotRunException {
        List<RequestReceived> starts = starts(pos);
        fail(starts.stream().flatMap(start -> start.request().problems().stream()));
    }

    public static void usesTheNamesOfItsPairing(PosUnderTest pos) throws CheckFailedException, CheckNotRunException {
        fail(starts(pos).stream()
                .filter(start -> !start.namesPaired())
                .map(start -> "a start had other names than the pairing"));
    }

    public static void startsOnePaymentForEachSale(PosUnderTest pos) throws CheckFailedException, CheckNotRunException {
        starts(pos);
        List<Integer> marks = new ArrayList<>(pos.paymentMarks());
        marks.add(pos.mark());
        for (int task = 0; task + 1 < marks.size(); task++) {
            long stored = pos.log().since(marks.get(task)).stream()
                    .limit((long) marks.get(task + 1) - marks.get(task))
                    .filter(event -> event instanceof TransactionStored transaction && transaction.isPayment())
                    .count();
            if (stored > 1) {
                throw new CheckFailedException("it started %d payments for one sale".formatted(stored));
            }
        }
    }

    public static void pollsAtAModeratePace(PosUnderTest pos) throws CheckFailedException, CheckNotRunException {
        Duration minimum = pos.times()
                .pollInterval()
                .multipliedBy(POLLS - 1L)
                .multipliedBy(TOLERANCE_PERCENT)
                .dividedBy(100);
        Map<String, List<Instant>> polls = new HashMap<>();
        pos.log()
                .all(RequestReceived.class)
                .filter(received -> received.request().call() == Call.POLL)
                .forEach(poll -> polls.computeIfAbsent(poll.request().id(), any -> new ArrayList<>())
                        .add(poll.time()));
        if (polls.isEmpty()) {
            throw PosUnderTest.notApplicable(PosFeature.ASYNCHRONOUS_MODE);
        }
        for (List<Instant> times : polls.values()) {
            for (int last = POLLS - 1; last < times.size(); last++) {
                Duration taken = Duration.between(times.get(last - POLLS + 1), times.get(last));
                if (taken.compareTo(minimum) < 0) {
                    throw new CheckFailedException(
                            "it polled %d times within %d ms".formatted(POLLS, taken.toMillis()));
                }
            }
        }
    }

    /** The same key always stands for the same sale: the amounts of the tasks differ. */
    public static void usesAKeyForOneSale(PosUnderTest pos) throws CheckFailedException, CheckNotRunException {
        needs(pos, PosFeature.IDEMPOTENCY_KEY);
        Map<String, PosRequest> known = new HashMap<>();
        fail(starts(pos).stream()
                .map(RequestReceived::request)
                .filter(request -> request.isPayment() && request.key().isPresent())
                .filter(request -> isOtherSale(known, request))
                .map(request -> "it sent a key again with other parameters"));
    }

    private static boolean isOtherSale(Map<String, PosRequest> known, PosRequest request) {
        PosRequest first = known.putIfAbsent(request.key().orElseThrow(), request);
        return first != null && !request.isRepetitionOf(first);
    }

    public static void sendsTheNewestPairingToken(PosUnderTest pos) throws CheckFailedException, CheckNotRunException {
        needs(pos, PosFeature.PAIRING_TOKEN);
        fail(pos.log()
                .all(RequestReceived.class)
                .filter(received -> !received.tokenValid())
                .map(received -> "it sent another pairing token than that of its newest pairing"));
    }

    public static void waitsForTheNextVersion(PosUnderTest pos) throws CheckFailedException, CheckNotRunException {
        needs(pos, PosFeature.LONG_POLL);
        Map<String, Long> shown = new HashMap<>();
        for (GatewayEvent event : pos.log().since(0)) {
            if (event instanceof RequestReceived received && received.request().isLongPoll()) {
                checkVersion(
                        received.request(),
                        Optional.ofNullable(shown.get(received.request().id())));
            } else if (event instanceof AnswerSent answer && answer.shown().isPresent()) {
                shown.put(
                        answer.shown().get().transactionId(),
                        answer.shown().get().version());
            }
        }
    }

    private static void checkVersion(PosRequest poll, Optional<Long> shown) throws CheckFailedException {
        if (!poll.problems().isEmpty()) {
            throw new CheckFailedException(poll.problems().get(0));
        }
        String version = poll.text("version");
        if (!version.isEmpty() && shown.isPresent() && !version.equals(Long.toString(shown.get()))) {
            throw new CheckFailedException(
                    "it waited with version %s, but the last response had %d".formatted(version, shown.get()));
        }
    }

    private static List<RequestReceived> starts(PosUnderTest pos) throws CheckNotRunException {
        List<RequestReceived> starts = pos.log()
                .all(RequestReceived.class)
                .filter(received -> received.request().call() == Call.START)
                .toList();
        if (starts.isEmpty()) {
            throw new CheckNotRunException("the POS has started nothing");
        }
        return starts;
    }

    private static void needs(PosUnderTest pos, PosFeature feature) throws CheckNotRunException {
        if (!feature.isUsedIn(pos.log())) {
            throw PosUnderTest.notApplicable(feature);
        }
    }

    private static void fail(Stream<String> violations) throws CheckFailedException {
        List<String> found = violations.distinct().toList();
        if (!found.isEmpty()) {
            throw new CheckFailedException(String.join("; ", found));
        }
    }
}
