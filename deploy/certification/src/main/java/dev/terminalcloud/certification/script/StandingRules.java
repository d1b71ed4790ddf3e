package dev.terminalcloud.certification.script;

import dev.terminalcloud.certification.cloud.Entry;
import dev.terminalcloud.certification.cloud.Entry.Connected;
import dev.terminalcloud.certification.cloud.Entry.Ended;
import dev.terminalcloud.certification.cloud.Entry.OfConnection;
import dev.terminalcloud.certification.cloud.Entry.Said;
import dev.terminalcloud.certification.cloud.Entry.Subscribed;
import dev.terminalcloud.certification.cloud.Entry.Told;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.function.Predicate;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/** Rules about everything that a device did, looked at when all else has been played. */
public final class StandingRules {
    private static final Pattern MORE_THAN_FOUR_DIGITS = Pattern.compile(".*[0-9].*[0-9]{4}|.*[0-9][^0-9]+");

    private StandingRules() {}

    public static void connectsAsItShould(Bench bench) throws BrokenRuleException {
        breakIf(bench.trace().all(Connected.class).flatMap(connected -> mistake(connected).stream()));
    }

    private static Optional<String> mistake(Connected connected) {
        if (connected.protocolVersion() != 4 && connected.protocolVersion() != 5) {
            return Optional.of("it speaks neither MQTT 3.1.1 nor MQTT 5");
        }
        if (!connected.cleanSession()) {
            return Optional.of("it asked for a session that is kept");
        }
        if (connected.keepAliveSeconds() < 10 || connected.keepAliveSeconds() > 60) {
            return Optional.of("its keep-alive is %d s".formatted(connected.keepAliveSeconds()));
        }
        return connected.will() ? Optional.of("it sent a will") : Optional.empty();
    }

    public static void usesItsTwoTopics(Bench bench) throws BrokenRuleException {
        Stream<String> subscriptions = bench.trace()
                .all(Subscribed.class)
                .filter(subscribed -> !subscribed.asItShould())
                .map(subscribed -> "it subscribed to " + String.join(", ", subscribed.topics()));
        Stream<String> publications = bench.trace()
                .all(Said.class)
                .filter(said -> !said.onItsTopic())
                .map(said -> "it published to %s, or with another QoS than 1, or retained".formatted(said.topic()));
        breakIf(Stream.concat(subscriptions, publications));
    }

    public static void greetsFirst(Bench bench) throws BrokenRuleException {
        breakIf(bench.trace().all(Connected.class).flatMap(connected -> greeting(bench, connected).stream()));
    }

    private static Optional<String> greeting(Bench bench, Connected connected) {
        List<Said> said = bench.trace().of(connected.connection(), Said.class).toList();
        if (said.isEmpty()) {
            return Optional.empty();
        }
        if (!said.get(0).type().equals("hello")) {
            return Optional.of(
                    "%s was the first on connection %d".formatted(said.get(0).type(), connected.connection()));
        }
        boolean subscribedBefore = bench.trace()
                .of(connected.connection(), OfConnection.class)
                .takeWhile(entry -> !(entry instanceof Said))
                .anyMatch(Subscribed.class::isInstance);
        if (!subscribedBefore) {
            return Optional.of("hello came before it subscribed");
        }
        return said.stream().filter(one -> one.type().equals("hello")).count() == 1
                ? Optional.empty()
                : Optional.of("more than one hello came on connection " + connected.connection());
    }

    public static void keepsTheRulesOfMessages(Bench bench) throws BrokenRuleException {
        breakIf(bench.trace().all(Said.class).flatMap(said -> MessageRules.breach(said).stream()));
    }

    public static void masksCardNumbers(Bench bench) throws BrokenRuleException {
        breakIf(bench.trace()
                .all(Said.class)
                .filter(said ->
                        MORE_THAN_FOUR_DIGITS.matcher(said.text("cardPan")).matches())
                .map(said -> "a cardPan shows more than the last four digits"));
    }

    public static void acknowledgesCommands(Bench bench) throws BrokenRuleException {
        Instant newest = bench.trace()
                .all(Entry.class)
                .map(Entry::at)
                .max(Instant::compareTo)
                .orElse(Instant.MIN);
        Duration limit = bench.times().commandAcknowledgement();
        breakIf(bench.trace()
                .all(Told.class)
                .filter(told -> !bench.trace().isAcknowledged(told))
                .filter(told ->
                        end(bench, told.connection(), newest).isAfter(told.at().plus(limit)))
                .map(told -> "%s was not acknowledged within %d s".formatted(told.type(), limit.toSeconds())));
    }

    private static Instant end(Bench bench, int connection, Instant otherwise) {
        return bench.trace()
                .of(connection, Ended.class)
                .map(Ended::at)
                .findFirst()
                .orElse(otherwise);
    }

    public static void neverGoesBack(Bench bench) throws BrokenRuleException {
        breakIf(transactions(bench).flatMap(id -> stepBack(bench, id).stream()));
    }

    private static Optional<String> stepBack(Bench bench, String id) {
        String before = "";
        for (Said said : bench.trace().said(id).toList()) {
            if (!mayFollow(before, said.type())) {
                return Optional.of("%s came after %s".formatted(said.type(), before));
            }
            before = said.type();
        }
        return Optional.empty();
    }

    /** A transaction that was cancelled may be finished without having been shown. */
    private static boolean mayFollow(String before, String next) {
        return switch (before) {
            case "" -> true;
            case "transaction-claim" -> !next.equals("transaction-never-seen");
            case "transaction-progress" -> next.equals("transaction-progress") || next.equals("transaction-finished");
            case "transaction-refused", "transaction-never-seen" ->
                next.equals("transaction-refused") || next.equals("transaction-never-seen");
            default -> next.equals(before);
        };
    }

    public static void hasOneResult(Bench bench) throws BrokenRuleException {
        breakIf(transactions(bench)
                .filter(id -> bench.trace()
                                .said(id)
                                .filter(said -> said.type().equals("transaction-finished"))
                                .map(Said::message)
                                .distinct()
                                .count()
                        > 1)
                .map(id -> "two different results came of one transaction"));
    }

    public static void runsNothingWithoutAGrant(Bench bench) throws BrokenRuleException {
        breakIf(transactions(bench)
                .filter(id -> firstRun(bench, id) < firstPermission(bench, id))
                .map(id -> "a transaction ran that was not granted"));
    }

    private static int firstRun(Bench bench, String id) {
        return place(
                bench,
                entry -> entry instanceof Said said
                        && said.isAbout(id)
                        && (said.type().equals("transaction-progress")
                                || said.type().equals("transaction-finished")));
    }

    /** A transaction that was cancelled may be reported as finished. */
    private static int firstPermission(Bench bench, String id) {
        return place(
                bench,
                entry -> entry instanceof Told told
                        && told.isAbout(id)
                        && (told.type().equals("start-granted") || told.type().equals("cancel-transaction")));
    }

    private static int place(Bench bench, Predicate<Entry> sought) {
        List<Entry> entries = bench.trace().since(0);
        int place = 0;
        while (place < entries.size() && !sought.test(entries.get(place))) {
            place++;
        }
        return place;
    }

    private static Stream<String> transactions(Bench bench) {
        return bench.trace()
                .all(Said.class)
                .map(said -> said.text("transactionId"))
                .filter(id -> !id.isEmpty())
                .distinct();
    }

    private static void breakIf(Stream<String> breaches) throws BrokenRuleException {
        List<String> distinct = breaches.distinct().toList();
        if (!distinct.isEmpty()) {
            throw new BrokenRuleException(String.join("; ", distinct));
        }
    }
}
