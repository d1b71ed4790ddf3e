package dev.terminalcloud.certification.device.scenario;

import com.fasterxml.jackson.databind.JsonNode;
import dev.terminalcloud.carddata.CardDataMask;
import dev.terminalcloud.certification.check.CheckFailedException;
import dev.terminalcloud.certification.device.cloud.TraceEntry;
import dev.terminalcloud.certification.device.cloud.TraceEntry.CommandSent;
import dev.terminalcloud.certification.device.cloud.TraceEntry.Connected;
import dev.terminalcloud.certification.device.cloud.TraceEntry.ConnectionEntry;
import dev.terminalcloud.certification.device.cloud.TraceEntry.Disconnected;
import dev.terminalcloud.certification.device.cloud.TraceEntry.MessageReceived;
import dev.terminalcloud.certification.device.cloud.TraceEntry.Subscribed;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.Predicate;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/** Rules that always hold, checked last on the complete trace. */
public final class TraceInvariants {
    private static final Pattern MORE_THAN_FOUR_DIGITS = Pattern.compile(".*[0-9].*[0-9]{4}|.*[0-9][^0-9]+");

    private static final Set<String> CLOSED_MEMBERS = Set.of("type", "transactionId", "cardPan", "timestamp");

    private TraceInvariants() {}

    public static void connectsAsRequired(DeviceUnderTest bench) throws CheckFailedException {
        failIf(bench.trace().all(Connected.class).flatMap(connected -> violation(connected).stream()));
    }

    private static Optional<String> violation(Connected connected) {
        if (connected.protocolVersion() != 4 && connected.protocolVersion() != 5) {
            return Optional.of("it speaks neither MQTT 3.1.1 nor MQTT 5");
        }
        if (!connected.cleanSession()) {
            return Optional.of("it requested a persistent session");
        }
        if (connected.keepAliveSeconds() < 10 || connected.keepAliveSeconds() > 60) {
            return Optional.of("its keep-alive is %d s".formatted(connected.keepAliveSeconds()));
        }
        return connected.will() ? Optional.of("it sent a will") : Optional.empty();
    }

    public static void usesItsTwoTopics(DeviceUnderTest bench) throws CheckFailedException {
        Stream<String> subscriptions = bench.trace()
                .all(Subscribed.class)
                .filter(subscribed -> !subscribed.valid())
                .map(subscribed -> "it subscribed to " + String.join(", ", subscribed.topics()));
        Stream<String> publications = bench.trace()
                .all(MessageReceived.class)
                .filter(message -> !message.onItsTopic())
                .map(message ->
                        "it published to %s, or with a QoS other than 1, or retained".formatted(message.topic()));
        failIf(Stream.concat(subscriptions, publications));
    }

    public static void sendsHelloFirst(DeviceUnderTest bench) throws CheckFailedException {
        failIf(bench.trace().all(Connected.class).flatMap(connected -> helloViolation(bench, connected).stream()));
    }

    private static Optional<String> helloViolation(DeviceUnderTest bench, Connected connected) {
        List<MessageReceived> messages =
                bench.trace().of(connected.connection(), MessageReceived.class).toList();
        if (messages.isEmpty()) {
            return Optional.empty();
        }
        if (!messages.get(0).type().equals("hello")) {
            return Optional.of("%s was the first message on connection %d"
                    .formatted(messages.get(0).type(), connected.connection()));
        }
        boolean subscribedBefore = bench.trace()
                .of(connected.connection(), ConnectionEntry.class)
                .takeWhile(entry -> !(entry instanceof MessageReceived))
                .anyMatch(Subscribed.class::isInstance);
        if (!subscribedBefore) {
            return Optional.of("hello was sent before it subscribed");
        }
        return messages.stream().filter(one -> one.type().equals("hello")).count() == 1
                ? Optional.empty()
                : Optional.of("more than one hello was sent on connection " + connected.connection());
    }

    public static void sendsValidMessages(DeviceUnderTest bench) throws CheckFailedException {
        failIf(bench.trace().all(MessageReceived.class).flatMap(message -> MessageRules.violation(message).stream()));
    }

    public static void masksCardNumbers(DeviceUnderTest bench) throws CheckFailedException {
        failIf(bench.trace()
                .all(MessageReceived.class)
                .filter(message ->
                        MORE_THAN_FOUR_DIGITS.matcher(message.text("cardPan")).matches())
                .map(message -> "a cardPan shows more than the last four digits"));
    }

    /** {@code cardPan} has a check of its own; the other members that are left out can't have card data. */
    public static void sendsNoCardData(DeviceUnderTest bench) throws CheckFailedException {
        failIf(bench.trace().all(MessageReceived.class).flatMap(TraceInvariants::membersWithCardData));
    }

    private static Stream<String> membersWithCardData(MessageReceived received) {
        return received.message().stream()
                .flatMap(message -> message.properties().stream())
                .filter(member -> !CLOSED_MEMBERS.contains(member.getKey()))
                .filter(member -> CardDataMask.isNeeded(text(member.getValue())))
                .map(member -> "%s: %s has a card number or track data".formatted(received.type(), member.getKey()));
    }

    private static String text(JsonNode value) {
        return value.isTextual() ? value.textValue() : value.toString();
    }

    public static void acknowledgesCommands(DeviceUnderTest bench) throws CheckFailedException {
        Instant newest = bench.trace()
                .all(TraceEntry.class)
                .map(TraceEntry::at)
                .max(Instant::compareTo)
                .orElse(Instant.MIN);
        Duration limit = bench.times().commandAcknowledgement();
        failIf(bench.trace()
                .all(CommandSent.class)
                .filter(command -> !bench.trace().isAcknowledged(command))
                .filter(command -> end(bench, command.connection(), newest)
                        .isAfter(command.at().plus(limit)))
                .map(command -> "%s was not acknowledged within %d s".formatted(command.type(), limit.toSeconds())));
    }

    private static Instant end(DeviceUnderTest bench, int connection, Instant otherwise) {
        return bench.trace()
                .of(connection, Disconnected.class)
                .map(Disconnected::at)
                .findFirst()
                .orElse(otherwise);
    }

    public static void neverGoesBack(DeviceUnderTest bench) throws CheckFailedException {
        failIf(transactions(bench).flatMap(id -> stepBack(bench, id).stream()));
    }

    private static Optional<String> stepBack(DeviceUnderTest bench, String id) {
        String before = "";
        for (MessageReceived message : bench.trace().messagesAbout(id).toList()) {
            if (!mayFollow(before, message.type())) {
                return Optional.of("%s came after %s".formatted(message.type(), before));
            }
            before = message.type();
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

    public static void hasOneResult(DeviceUnderTest bench) throws CheckFailedException {
        failIf(transactions(bench)
                .filter(id -> bench.trace()
                                .messagesAbout(id)
                                .filter(message -> message.type().equals("transaction-finished"))
                                .map(MessageReceived::message)
                                .distinct()
                                .count()
                        > 1)
                .map(id -> "a transaction has two different results"));
    }

    public static void runsNothingWithoutAGrant(DeviceUnderTest bench) throws CheckFailedException {
        failIf(transactions(bench)
                .filter(id -> firstRun(bench, id) < firstPermission(bench, id))
                .map(id -> "a transaction ran that was not granted"));
    }

    private static int firstRun(DeviceUnderTest bench, String id) {
        return indexOf(
                bench,
                entry -> entry instanceof MessageReceived message
                        && message.isAbout(id)
                        && (message.type().equals("transaction-progress")
                                || message.type().equals("transaction-finished")));
    }

    /** A transaction that was cancelled may be reported as finished. */
    private static int firstPermission(DeviceUnderTest bench, String id) {
        return indexOf(
                bench,
                entry -> entry instanceof CommandSent command
                        && command.isAbout(id)
                        && (command.type().equals("start-granted")
                                || command.type().equals("cancel-transaction")));
    }

    private static int indexOf(DeviceUnderTest bench, Predicate<TraceEntry> sought) {
        List<TraceEntry> entries = bench.trace().since(0);
        int index = 0;
        while (index < entries.size() && !sought.test(entries.get(index))) {
            index++;
        }
        return index;
    }

    private static Stream<String> transactions(DeviceUnderTest bench) {
        return bench.trace()
                .all(MessageReceived.class)
                .map(message -> message.text("transactionId"))
                .filter(id -> !id.isEmpty())
                .distinct();
    }

    private static void failIf(Stream<String> violations) throws CheckFailedException {
        List<String> distinct = violations.distinct().toList();
        if (!distinct.isEmpty()) {
            throw new CheckFailedException(String.join("; ", distinct));
        }
    }
}
