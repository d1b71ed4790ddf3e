package dev.terminalcloud.virtualdevice;

import static java.util.concurrent.TimeUnit.SECONDS;
import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.ThreadFactory;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class SerialExecutorTest {
    private final List<Throwable> reported = new ArrayList<>();
    private final ThreadFactory threads = task -> {
        Thread thread = new Thread(task);
        thread.setUncaughtExceptionHandler((in, failure) -> reported.add(failure));
        return thread;
    };
    private final ExecutorService pool = Executors.newFixedThreadPool(4, threads);
    private final SerialExecutor sequence = new SerialExecutor(pool);

    @AfterEach
    void stop() {
        pool.shutdownNow();
    }

    @Test
    void runsOneAfterTheOtherInTheOrderTheyCame() throws Exception {
        List<Integer> seen = new ArrayList<>();
        CountDownLatch done = new CountDownLatch(1);

        IntStream.range(0, 1000).forEach(i -> sequence.execute(() -> seen.add(i)));
        sequence.execute(done::countDown);

        assertThat(done.await(10, SECONDS)).isTrue();
        assertThat(seen)
                .containsExactlyElementsOf(IntStream.range(0, 1000).boxed().toList());
    }

    @Test
    void failedTaskIsReportedAndDoesNotBlockOthers() throws Exception {
        CountDownLatch done = new CountDownLatch(1);

        sequence.execute(() -> {
            throw new IllegalStateException("broken");
        });
        sequence.execute(done::countDown);

        assertThat(done.await(10, SECONDS)).isTrue();
        assertThat(reported).singleElement().satisfies(failure -> assertThat(failure)
                .hasMessage("broken"));
    }
}
