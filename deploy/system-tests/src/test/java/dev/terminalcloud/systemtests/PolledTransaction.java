package dev.terminalcloud.systemtests;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.terminalcloud.virtualregister.Answer;
import dev.terminalcloud.virtualregister.VirtualRegister;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.function.Predicate;

/** One transaction that its register polls; keeps all responses. */
public final class PolledTransaction {
    private static final Duration POLL_INTERVAL = Duration.ofMillis(250);

    private final VirtualRegister register;
    private final Answer started;
    private final List<Answer> polls = new ArrayList<>();

    private PolledTransaction(VirtualRegister register, Answer started) {
        this.register = register;
        this.started = started;
    }

    /** Starts a purchase, which the cloud accepts. */
    public static PolledTransaction start(VirtualRegister register, long amountTotal) {
        return start(register, register.purchase(amountTotal));
    }

    /** Starts a transaction with these parameters, which the cloud accepts. */
    public static PolledTransaction start(VirtualRegister register, Map<String, String> parameters) {
        Answer started = register.start(parameters);
        assertThat(started.status()).as(started.toString()).isEqualTo(200);
        return new PolledTransaction(register, started);
    }

    /** Returns a transaction that the cloud has already accepted. */
    public static PolledTransaction of(VirtualRegister register, Answer started) {
        return new PolledTransaction(register, started);
    }

    public UUID id() {
        return started.transactionId();
    }

    public Answer started() {
        return started;
    }

    /** Polls until the transaction has ended, within this time. */
    public Answer awaitCompleted(Duration atMost) {
        Answer completed = awaitPoll(atMost, Answer::isCompleted);
        assertObservationsAreConsistent();
        return completed;
    }

    public Answer awaitPoll(Duration atMost, Predicate<Answer> condition) {
        return await().atMost(atMost).pollInterval(POLL_INTERVAL).until(this::poll, condition);
    }

    private Answer poll() {
        Answer answer = register.poll(started);
        assertThat(answer.status()).as(answer.toString()).isEqualTo(200);
        polls.add(answer);
        return answer;
    }

    /** A delayed transaction stays delayed until it ends, and a final outcome never changes. */
    private void assertObservationsAreConsistent() {
        List<Boolean> delayed = polls.stream()
                .filter(poll -> !poll.isCompleted())
                .map(Answer::isDelayed)
                .toList();
        assertThat(delayed).isSorted();
        assertThat(poll().body()).isEqualTo(polls.get(polls.size() - 2).body());
    }
}
