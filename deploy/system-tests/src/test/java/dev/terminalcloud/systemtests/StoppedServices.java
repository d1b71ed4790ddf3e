package dev.terminalcloud.systemtests;

import static java.util.stream.Collectors.toMap;
import static org.awaitility.Awaitility.await;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.time.Duration;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * Services that an operator has stopped: they were shut down, and what the launcher started instead is held by SIGSTOP before it can do
 * anything.
 */
final class StoppedServices {
    private static final Duration POLL_INTERVAL = Duration.ofMillis(20);

    private final LocalStack stack;
    private final Map<String, ProcessHandle> ended;
    private final Set<ProcessHandle> held = new HashSet<>();

    private StoppedServices(LocalStack stack, Map<String, ProcessHandle> ended) {
        this.stack = stack;
        this.ended = ended;
    }

    static StoppedServices stop(LocalStack stack, List<String> names) {
        StoppedServices stopped =
                new StoppedServices(stack, names.stream().collect(toMap(name -> name, stack::terminate)));
        await().atMost(TestTimeouts.TIMEOUT)
                .pollInterval(POLL_INTERVAL)
                .until(() -> names.stream().filter(stopped::hold).count() == names.size());
        return stopped;
    }

    /** Returns whether its replacement has started, and is held. */
    private boolean hold(String name) {
        List<ProcessHandle> started = stack.processes(name)
                .filter(process -> !process.equals(ended.get(name)))
                .toList();
        started.stream().filter(held::add).forEach(process -> signal("STOP", process));
        return !started.isEmpty();
    }

    /** Lets them go on, and returns when they are ready. */
    void resume() {
        held.forEach(process -> signal("CONT", process));
        ended.forEach((name, process) -> stack.awaitReplacementOf(process, name));
    }

    /** Runs kill(1): Java can send only TERM and KILL. */
    static void signal(String name, ProcessHandle process) {
        try {
            new ProcessBuilder("kill", "-" + name, Long.toString(process.pid()))
                    .inheritIO()
                    .start()
                    .waitFor();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException(e);
        }
    }
}
