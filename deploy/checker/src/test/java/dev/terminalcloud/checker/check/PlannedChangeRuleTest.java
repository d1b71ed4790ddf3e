package dev.terminalcloud.checker.check;

import static dev.terminalcloud.checker.check.HistoryBuilder.completed;
import static dev.terminalcloud.checker.check.HistoryBuilder.pending;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import dev.terminalcloud.checker.history.FaultEntry;
import dev.terminalcloud.checker.history.HistoryEntry;
import dev.terminalcloud.checker.history.StreamEntry;
import dev.terminalcloud.checker.history.StreamEntry.StreamEnd;
import java.util.UUID;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

/** The rules about planned changes find their violations, and report nothing else. */
class PlannedChangeRuleTest {
    private static final HistoryEntry PLANNED = new FaultEntry.FaultBegan(1, "rolling-restart-all");
    private static final HistoryEntry KILL = new FaultEntry.FaultBegan(2, "kill-kafka");

    static Stream<HistoryEntry> failures() {
        return Stream.of(
                new HistoryEntry.Answered(8, 503, JsonNodeFactory.instance.objectNode()),
                new HistoryEntry.Unanswered(8, "connection reset"),
                new HistoryEntry.Polled(HistoryBuilder.ID, 0, 502, JsonNodeFactory.instance.objectNode()),
                new HistoryEntry.PollUnanswered(HistoryBuilder.ID, "connection reset"),
                new HistoryEntry.Paired("merchant", HistoryBuilder.DEVICE, 503),
                new HistoryEntry.Paired("merchant", HistoryBuilder.DEVICE, 0),
                new HistoryEntry.LookedUp(8, 0, 503, JsonNodeFactory.instance.objectNode()),
                new HistoryEntry.LookedUp(8, 0, 0, JsonNodeFactory.instance.objectNode()),
                new StreamEntry.StreamEnded(HistoryBuilder.ID, 1, 503, StreamEnd.BY_SERVICE),
                new StreamEntry.StreamEnded(HistoryBuilder.ID, 1, 0, StreamEnd.LOST),
                new FaultEntry.FaultNotInjected(1, "the launcher answered 503"));
    }

    @ParameterizedTest
    @MethodSource("failures")
    void failedRequestIsFoundIfAllChangesArePlanned(HistoryEntry failure) {
        assertThat(HistoryBuilder.approved().and(PLANNED).and(failure).breaks(Rule.PLANNED_CHANGES_FAIL_NOTHING))
                .hasSize(1);
        assertThat(HistoryBuilder.approved().and(failure).breaks(Rule.PLANNED_CHANGES_FAIL_NOTHING))
                .isEmpty();
        assertThat(HistoryBuilder.approved()
                        .and(PLANNED)
                        .and(KILL)
                        .and(failure)
                        .breaks(Rule.PLANNED_CHANGES_FAIL_NOTHING))
                .isEmpty();
    }

    @Test
    void requestsThatTheRegisterGivesUpAndStreamsThatBreakAreAllowed() {
        HistoryBuilder history = HistoryBuilder.approved()
                .and(PLANNED)
                .and(new HistoryEntry.Unanswered(8, "timed out", true))
                .and(new StreamEntry.StreamEnded(HistoryBuilder.ID, 1, 200, StreamEnd.LOST))
                .and(new StreamEntry.StreamEnded(HistoryBuilder.ID, 2, 0, StreamEnd.CUT))
                .and(new HistoryEntry.Answered(8, 429, JsonNodeFactory.instance.objectNode()));
        assertThat(history.breaks(Rule.PLANNED_CHANGES_FAIL_NOTHING)).isEmpty();
    }

    @Test
    void deviceThatWasOnlyAskedToReconnectMustBeReached() {
        assertThat(neverRan("lost its connection: shutdown", "Connected").breaks(Rule.PLANNED_CHANGES_REACH_DEVICES))
                .hasSize(1);
        assertThat(new HistoryBuilder()
                        .paired("merchant", HistoryBuilder.DEVICE, 200)
                        .accepted()
                        .polled(2, completed("CANCELLED", "FAILED-INTERFACE"))
                        .breaks(Rule.PLANNED_CHANGES_REACH_DEVICES))
                .isEmpty();
    }

    @ParameterizedTest
    @ValueSource(strings = {"unplugged", "PowerOff"})
    void deviceWithoutPowerOrNetworkNeedNotBeReached(String incident) {
        assertThat(neverRan(incident).breaks(Rule.PLANNED_CHANGES_REACH_DEVICES))
                .isEmpty();
    }

    @Test
    void deviceThatMisbehavesOrRefusesNeedNotBeReached() {
        assertThat(begin().misbehaved("LoseConnection[…]")
                        .accepted()
                        .polled(2, completed("CANCELLED", "FAILED-INTERFACE"))
                        .breaks(Rule.PLANNED_CHANGES_REACH_DEVICES))
                .isEmpty();
        assertThat(begin().accepted()
                        .offered()
                        .and(new HistoryEntry.DeviceStep(HistoryBuilder.DEVICE, HistoryBuilder.ID, "sent Refused"))
                        .polled(2, completed("CANCELLED", "FAILED-INTERFACE"))
                        .breaks(Rule.PLANNED_CHANGES_REACH_DEVICES))
                .isEmpty();
    }

    @Test
    void paymentOverTheLimitOfTheRunIsFound() {
        assertThat(paidAfter(14).breaks(Rule.PLANNED_CHANGES_ARE_FAST)).isEmpty();
        assertThat(paidAfter(15).breaks(Rule.PLANNED_CHANGES_ARE_FAST)).hasSize(1);
        assertThat(paidAfter(15, new HistoryEntry.Begun(1, 40_000)).breaks(Rule.PLANNED_CHANGES_ARE_FAST))
                .isEmpty();
    }

    @Test
    void timeAfterTheWorkloadDoesNotCount() {
        HistoryBuilder history = begin().accepted().offered().atNanosOf(3).and(new HistoryEntry.WorkloadEnded());
        assertThat(history.atNanosOf(20)
                        .polled(2, completed("OK-ACCEPTED", "OK"))
                        .breaks(Rule.PLANNED_CHANGES_ARE_FAST))
                .isEmpty();
    }

    @Test
    void slowPaymentOnADeviceWithAnIncidentIsAllowed() {
        HistoryBuilder history = begin().accepted().offered().misbehaved("NeverAnswer[]");
        assertThat(history.atNanosOf(20)
                        .polled(2, completed("OK-ACCEPTED", "OK"))
                        .breaks(Rule.PLANNED_CHANGES_ARE_FAST))
                .isEmpty();
    }

    @Test
    void plannedChangesAreNoExcuseForOtherRules() {
        assertThat(begin().accepted().at(61).dated(60, null, 61).breaks(Rule.PHASES_END_IN_TIME))
                .hasSize(1);
        assertThat(begin().and(KILL).accepted().at(61).dated(60, null, 61).breaks(Rule.PHASES_END_IN_TIME))
                .isEmpty();
    }

    private static HistoryBuilder begin() {
        return new HistoryBuilder().and(PLANNED).paired("merchant", HistoryBuilder.DEVICE, 200);
    }

    private static HistoryBuilder neverRan(String... connectivity) {
        HistoryBuilder history = begin().accepted();
        Stream.of(connectivity).forEach(history::connectivity);
        return history.polled(2, completed("CANCELLED", "FAILED-INTERFACE"));
    }

    private static HistoryBuilder paidAfter(int seconds, HistoryEntry... first) {
        HistoryBuilder history = new HistoryBuilder();
        Stream.of(first).forEach(history::and);
        return history.and(PLANNED)
                .accepted()
                .offered()
                .polled(2, pending())
                .and(new HistoryEntry.Offered("7000000099", UUID.randomUUID(), 99))
                .atNanosOf(seconds)
                .polled(3, completed("OK-ACCEPTED", "OK"));
    }
}
