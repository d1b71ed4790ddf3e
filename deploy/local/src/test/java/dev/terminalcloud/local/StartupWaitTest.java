package dev.terminalcloud.local;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.PrintWriter;
import java.io.StringWriter;
import java.lang.ProcessBuilder.Redirect;
import java.net.http.HttpClient;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

@Tag("slow")
class StartupWaitTest {
    private static final Duration LIMIT = Duration.ofMinutes(2);

    @TempDir
    private Path data;

    private final StringWriter terminal = new StringWriter();
    private final Progress progress = new Progress(new PrintWriter(terminal));
    private final AtomicLong nanoTime = new AtomicLong();

    @Test
    void longWaitIsReportedAtFirstSoonAndThenEverMoreRarely() {
        StartupWait wait = new StartupWait("kafka", "Read its log", LIMIT, progress, nanoTime::get);
        for (int second = 1; second <= 600; second++) {
            nanoTime.addAndGet(Duration.ofSeconds(1).toNanos());
            wait.check(ProgressSample.of("its port is not open", second));
        }
        assertThat(terminal.toString().lines().map(line -> line.replaceFirst("^ *[0-9.]+ s +", "")))
                .containsExactly(
                        "Still waiting for kafka after 10 s: its port is not open",
                        "Still waiting for kafka after 30 s: its port is not open",
                        "Still waiting for kafka after 70 s: its port is not open",
                        "Still waiting for kafka after 150 s: its port is not open",
                        "Still waiting for kafka after 270 s: its port is not open",
                        "Still waiting for kafka after 390 s: its port is not open",
                        "Still waiting for kafka after 510 s: its port is not open");
    }

    @Test
    void waitEndsWhenNothingMovesAndSaysWhatToDo() {
        StartupWait wait = new StartupWait("kafka", "Read its log", LIMIT, progress, nanoTime::get);
        nanoTime.addAndGet(Duration.ofSeconds(30).toNanos());
        wait.check(ProgressSample.of("not ready: disk", 7));
        nanoTime.addAndGet(LIMIT.toNanos());
        assertThatThrownBy(() -> wait.check(ProgressSample.of("not ready: disk", 7)))
                .isInstanceOf(StackException.class)
                .hasMessageStartingWith("Gave up waiting for kafka after 150 s: nothing has moved for 120 s")
                .hasMessageEndingWith("Last state: not ready: disk. Read its log");
    }

    @Test
    void resultIsReturnedAsSoonAsItExists() {
        StartupWait wait = new StartupWait("it", "", LIMIT, progress, nanoTime::get);
        CompletableFuture<String> result = new CompletableFuture<>();
        AtomicInteger observations = new AtomicInteger();
        assertThat(wait.until(result, () -> {
                    result.complete("done");
                    return ProgressSample.of("", observations.incrementAndGet());
                }))
                .isEqualTo("done");
        assertThat(observations).hasValue(1);
    }

    @Test
    void processThatIsSlowerThanTheLimitIsAwaitedAsLongAsItMoves() throws Exception {
        Duration limit = FakeService.STEP.multipliedBy(FakeService.SLOW_STEPS - 1);
        ServiceProcess slow = start(FakeService.thatIsSlow(data, "slow"));
        slow.awaitReady(HttpClient.newHttpClient(), new StartupWait("slow", "", limit, progress, System::nanoTime));
        slow.stop();
    }

    @Test
    void processThatHangsIsGivenUp() throws Exception {
        ServiceProcess hanging = start(FakeService.thatHangs(data, "hanging"));
        StartupWait wait = new StartupWait("hanging", "Read it", Duration.ofSeconds(5), progress, System::nanoTime);
        assertThatThrownBy(() -> hanging.awaitReady(HttpClient.newHttpClient(), wait))
                .hasMessageContaining("Last state: its port is not open. Read it");
        hanging.stop();
    }

    private ServiceProcess start(Service service) throws Exception {
        Logs logs = new Logs(Files.createDirectories(data.resolve("logs")));
        return ServiceProcess.start(
                service,
                Profile.QUICK.serviceOptions(),
                data,
                logs,
                Redirect.to(logs.of(service.name()).toFile()));
    }
}
