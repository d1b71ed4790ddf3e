package dev.terminalcloud.virtualdevice.journal;

import static org.assertj.core.api.Assertions.assertThat;

import dev.terminalcloud.virtualdevice.journal.Action.RepeatProgress;
import dev.terminalcloud.virtualdevice.journal.Action.Run;
import dev.terminalcloud.virtualdevice.journal.Action.Send;
import dev.terminalcloud.virtualdevice.journal.Action.Stop;
import dev.terminalcloud.virtualdevice.journal.Action.Write;
import dev.terminalcloud.virtualdevice.journal.Decisions.Situation;
import dev.terminalcloud.virtualdevice.journal.JournalEntry.Claimed;
import dev.terminalcloud.virtualdevice.journal.JournalEntry.Finished;
import dev.terminalcloud.virtualdevice.journal.JournalEntry.NeverSeen;
import dev.terminalcloud.virtualdevice.journal.JournalEntry.Refused;
import dev.terminalcloud.virtualdevice.journal.JournalEntry.Running;
import dev.terminalcloud.virtualdevice.protocol.CloudMessage;
import dev.terminalcloud.virtualdevice.protocol.CloudMessage.CancelTransaction;
import dev.terminalcloud.virtualdevice.protocol.CloudMessage.Offer;
import dev.terminalcloud.virtualdevice.protocol.CloudMessage.ReportTransaction;
import dev.terminalcloud.virtualdevice.protocol.CloudMessage.Request;
import dev.terminalcloud.virtualdevice.protocol.CloudMessage.StartGranted;
import dev.terminalcloud.virtualdevice.protocol.CloudMessage.StartRefused;
import dev.terminalcloud.virtualdevice.protocol.DeviceMessage;
import dev.terminalcloud.virtualdevice.protocol.DeviceStatus;
import dev.terminalcloud.virtualdevice.protocol.FunctionResult;
import dev.terminalcloud.virtualdevice.protocol.RefusalReason;
import dev.terminalcloud.virtualdevice.protocol.Report;
import dev.terminalcloud.virtualdevice.protocol.TransactionResult;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.MethodSource;

class DecisionsTest {
    private static final UUID ID = UUID.fromString("00000000-0000-4000-8000-000000000001");
    private static final Instant NOW = Instant.parse("2026-01-01T10:00:00Z");
    private static final Offer OFFER = Offer.purchase(ID, 7, 500);
    private static final Report REPORT = Report.without(TransactionResult.OK_DECLINED, FunctionResult.OK, "DECLINED");
    private static final Situation FREE = new Situation(false, 7, DeviceStatus.READY, true, NOW);

    private static final Send CLAIM = new Send(new DeviceMessage.Claim(ID));
    private static final Send NEVER_SEEN = new Send(new DeviceMessage.NeverSeen(ID));
    private static final Send NO_GRANT = new Send(new DeviceMessage.Refused(ID, RefusalReason.NO_GRANT));
    private static final Send FINISHED = new Send(new DeviceMessage.Finished(ID, REPORT));
    private static final Write REFUSAL = new Write(new Refused(ID, RefusalReason.NO_GRANT));
    private static final Write UNKNOWN = new Write(new NeverSeen(ID));

    private static final List<CloudMessage.TransactionCommand> MESSAGES = List.of(
            OFFER, new StartGranted(ID), new StartRefused(ID), new ReportTransaction(ID), new CancelTransaction(ID));

    /** The table of {@link Decisions}, row by row: OFFER, GRANT, REFUSE, REPORT, CANCEL. */
    static Stream<Arguments> table() {
        JournalEntry claimed = new Claimed(OFFER, NOW);
        JournalEntry running = new Running(OFFER);
        JournalEntry finished = new Finished(OFFER, REPORT, true);
        JournalEntry refused = new Refused(ID, RefusalReason.NO_GRANT);
        JournalEntry neverSeen = new NeverSeen(ID);
        return Stream.of(
                        row(
                                null,
                                List.of(new Write(claimed), CLAIM),
                                List.of(UNKNOWN, NEVER_SEEN),
                                List.of(UNKNOWN),
                                List.of(UNKNOWN, NEVER_SEEN),
                                List.of(UNKNOWN, NEVER_SEEN)),
                        row(
                                claimed,
                                List.of(CLAIM),
                                List.of(new Write(running), new Run(OFFER)),
                                List.of(REFUSAL),
                                List.of(CLAIM),
                                List.of(REFUSAL, NO_GRANT)),
                        row(
                                running,
                                List.of(new RepeatProgress(ID)),
                                List.of(),
                                List.of(),
                                List.of(new RepeatProgress(ID)),
                                List.of(new Stop(ID))),
                        row(
                                finished,
                                List.of(FINISHED),
                                List.of(FINISHED),
                                List.of(),
                                List.of(FINISHED),
                                List.of(FINISHED)),
                        row(
                                refused,
                                List.of(NO_GRANT),
                                List.of(NO_GRANT),
                                List.of(),
                                List.of(NO_GRANT),
                                List.of(NO_GRANT)),
                        row(
                                neverSeen,
                                List.of(NEVER_SEEN),
                                List.of(NEVER_SEEN),
                                List.of(),
                                List.of(NEVER_SEEN),
                                List.of(NEVER_SEEN)))
                .flatMap(row -> row);
    }

    @SafeVarargs
    private static Stream<Arguments> row(JournalEntry entry, List<Action>... columns) {
        return IntStream.range(0, MESSAGES.size())
                .mapToObj(i -> Arguments.of(Optional.ofNullable(entry), MESSAGES.get(i), columns[i]));
    }

    @ParameterizedTest
    @MethodSource("table")
    void followsTheTable(Optional<JournalEntry> known, CloudMessage.TransactionCommand message, List<Action> expected) {
        assertThat(Decisions.about(message, known, FREE)).isEqualTo(expected);
    }

    @Test
    void tableHasEachStateAndEachMessage() {
        assertThat(table().map(arguments -> arguments.get()[0]).collect(Collectors.toSet()))
                .hasSize(1 + JournalEntry.State.values().length);
        assertThat(MESSAGES.stream().map(CloudMessage.TransactionCommand::request))
                .containsExactly(Request.values());
    }

    @Test
    void messagesAreJournalledBeforeSending() {
        table().forEach(arguments -> {
            @SuppressWarnings("unchecked")
            List<Action> actions = (List<Action>) arguments.get()[2];
            assertThat(actions.stream().skip(1)).noneMatch(Write.class::isInstance);
        });
    }

    @Test
    void idNeverGoesBackwards() {
        table().forEach(arguments -> {
            @SuppressWarnings("unchecked")
            Optional<JournalEntry> known = (Optional<JournalEntry>) arguments.get()[0];
            @SuppressWarnings("unchecked")
            List<Action> actions = (List<Action>) arguments.get()[2];
            InMemoryJournal journal = new InMemoryJournal();
            known.ifPresent(journal::write);
            actions.stream()
                    .filter(Write.class::isInstance)
                    .map(Write.class::cast)
                    .forEach(write -> journal.write(write.entry()));
            assertThat(journal.entries()).hasSizeLessThanOrEqualTo(1);
        });
    }

    @Test
    void refusesAnOfferOfAnOlderPairing() {
        Situation situation = new Situation(true, 8, DeviceStatus.NOT_INITIALIZED, true, NOW);

        assertThat(Decisions.about(OFFER, Optional.empty(), situation)).isEqualTo(refusal(RefusalReason.OLD_PAIRING));
    }

    @Test
    void refusesASecondTransaction() {
        Situation situation = new Situation(true, 7, DeviceStatus.READY, true, NOW);

        assertThat(Decisions.about(OFFER, Optional.empty(), situation)).isEqualTo(refusal(RefusalReason.BUSY));
    }

    @ParameterizedTest
    @EnumSource(value = DeviceStatus.class, mode = EnumSource.Mode.EXCLUDE, names = "READY")
    void refusesAPaymentWhenNotReady(DeviceStatus status) {
        Situation situation = new Situation(false, 7, status, true, NOW);

        assertThat(Decisions.about(OFFER, Optional.empty(), situation)).isEqualTo(refusal(RefusalReason.NOT_READY));
    }

    @Test
    void takesAnOfferOfANewerPairing() {
        Situation situation = new Situation(false, 6, DeviceStatus.READY, true, NOW);

        assertThat(Decisions.about(OFFER, Optional.empty(), situation)).contains(CLAIM);
    }

    @Test
    void refusesToStopWhatCanNoLongerBeStopped() {
        Situation tooLate = new Situation(true, 7, DeviceStatus.READY, false, NOW);
        CancelTransaction cancel = new CancelTransaction(ID);

        assertThat(Decisions.about(cancel, Optional.of(new Running(OFFER)), tooLate))
                .containsExactly(new Send(new DeviceMessage.CancelRefused(ID)));
        assertThat(Decisions.about(cancel, Optional.of(new Claimed(OFFER, NOW)), tooLate))
                .as("another one has not begun")
                .containsExactly(REFUSAL, NO_GRANT);
    }

    @Test
    void repeatsItsClaimUntilTheTimeout() {
        Claimed claimed = new Claimed(OFFER, NOW);
        Duration timeout = Duration.ofSeconds(60);

        assertThat(Decisions.claimUnanswered(claimed, NOW.plusMillis(59_999), timeout))
                .containsExactly(CLAIM);
        assertThat(Decisions.claimUnanswered(claimed, NOW.plusSeconds(60), timeout))
                .containsExactly(REFUSAL, NO_GRANT);
    }

    @Test
    void reversesWhatRanWhenThePowerWent() {
        assertThat(Decisions.powerRestored(new Running(OFFER))).singleElement().satisfies(action -> {
            Finished finished = (Finished) ((Write) action).entry();
            assertThat(finished.acknowledged()).isFalse();
            assertThat(finished.report().transactionResult()).isEqualTo(TransactionResult.CANCELLED);
        });
        assertThat(Decisions.powerRestored(new Claimed(OFFER, NOW))).isEmpty();
    }

    private static List<Action> refusal(RefusalReason reason) {
        return List.of(new Write(new Refused(ID, reason)), new Send(new DeviceMessage.Refused(ID, reason)));
    }
}
