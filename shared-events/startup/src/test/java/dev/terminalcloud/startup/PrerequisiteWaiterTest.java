package dev.terminalcloud.startup;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.terminalcloud.startup.CheckResult.Available;
import dev.terminalcloud.startup.CheckResult.Incomplete;
import dev.terminalcloud.startup.CheckResult.Misconfigured;
import dev.terminalcloud.startup.CheckResult.Unavailable;
import java.time.Duration;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.FutureTask;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(30)
class PrerequisiteWaiterTest {
    private static final Duration AT_ONCE = Duration.ofMillis(1);

    private final PrerequisiteWaiter waiting = new PrerequisiteWaiter(AT_ONCE, Duration.ofHours(1));

    @Test
    void availablePrerequisiteReturnsAtOnce() throws InterruptedException {
        waiting.await(new FakePrerequisite(new Available()));

        assertThat(waiting.waitingFor()).isEmpty();
    }

    @Test
    void unavailablePrerequisiteIsAwaitedAndReported() throws Exception {
        FakePrerequisite oracle = new FakePrerequisite(new Unavailable("closed for lunch"));
        FutureTask<Void> wait = inBackground(oracle);

        oracle.awaitSecondLook();
        assertThat(waiting.waitingFor()).hasValue("Oracle at Delphi:9092: closed for lunch");
        oracle.become(new Available());
        wait.get();

        assertThat(waiting.waitingFor()).isEmpty();
    }

    @Test
    void misconfiguredPrerequisiteFailsWithAdvice() {
        FakePrerequisite oracle = new FakePrerequisite(new Unavailable("closed"), new Misconfigured("unknown pilgrim"));

        assertThatThrownBy(() -> waiting.await(oracle))
                .isInstanceOf(StartupFailedException.class)
                .hasMessage("Oracle at Delphi:9092: unknown pilgrim. Check the omens");
    }

    @Test
    void incompletePrerequisiteMayBecomeAvailable() throws InterruptedException {
        waiting.await(new FakePrerequisite(new Incomplete("no tripod"), new Available()));

        assertThat(waiting.waitingFor()).isEmpty();
    }

    @Test
    void incompletePrerequisiteTimesOut() {
        PrerequisiteWaiter waiter = new PrerequisiteWaiter(AT_ONCE, AT_ONCE);

        assertThatThrownBy(() -> waiter.await(new FakePrerequisite(new Incomplete("no tripod"))))
                .isInstanceOf(StartupFailedException.class)
                .hasMessage("Oracle at Delphi:9092: no tripod. Check the omens");
    }

    @Test
    void shutdownInterruptsTheWait() throws InterruptedException {
        FakePrerequisite oracle = new FakePrerequisite(new Unavailable("closed"));
        FutureTask<Void> wait = inBackground(oracle);
        oracle.awaitSecondLook();

        waiting.stop();

        assertThatThrownBy(wait::get)
                .isInstanceOf(ExecutionException.class)
                .hasCauseInstanceOf(InterruptedException.class);
    }

    private FutureTask<Void> inBackground(Prerequisite wanted) {
        FutureTask<Void> wait = new FutureTask<>(() -> {
            waiting.await(wanted);
            return null;
        });
        Thread thread = new Thread(wait, "waiting");
        thread.setDaemon(true);
        thread.start();
        return wait;
    }
}
