package dev.terminalcloud.local;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.BufferedReader;
import java.io.IOException;
import java.nio.file.Path;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;

class ShutdownSignalsTest {
    @Test
    void firstSignalShutsDownAndSecondIsHandled() throws Exception {
        Process process = start();
        try (BufferedReader output = process.inputReader()) {
            assertThat(output.readLine()).isEqualTo("running");
            process.toHandle().destroy();
            assertThat(output.readLine()).isEqualTo("waiting in the hook");
            process.toHandle().destroy();
            assertThat(output.readLine()).isEqualTo("second signal");
            assertThat(process.waitFor(TestTimeouts.SECONDS, TimeUnit.SECONDS)).isTrue();
            assertThat(process.exitValue()).isEqualTo(143);
        } finally {
            process.destroyForcibly();
        }
    }

    private static Process start() throws IOException {
        return new ProcessBuilder(
                        Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                        "-cp",
                        System.getProperty("java.class.path"),
                        ShutdownSignalsTest.class.getName())
                .redirectErrorStream(true)
                .start();
    }

    public static void main(String[] arguments) throws InterruptedException {
        CountDownLatch again = new CountDownLatch(1);
        Runtime.getRuntime().addShutdownHook(new Thread(() -> awaitIn(again)));
        ShutdownSignals.watch(again::countDown);
        System.out.println("running");
        new CountDownLatch(1).await();
    }

    private static void awaitIn(CountDownLatch again) {
        System.out.println("waiting in the hook");
        try {
            again.await();
            System.out.println("second signal");
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}
