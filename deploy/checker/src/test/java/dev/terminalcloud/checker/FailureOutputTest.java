package dev.terminalcloud.checker;

import static org.assertj.core.api.Assertions.assertThat;

import dev.terminalcloud.checker.fault.RunFailedException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutionException;
import org.junit.jupiter.api.Test;
import picocli.CommandLine;
import picocli.CommandLine.Command;

class FailureOutputTest {
    private final StringWriter printed = new StringWriter();

    @Test
    void failedRunIsOneLine() {
        int exitCode = execute(() -> {
            throw new ExecutionException(new RunFailedException("records can't be read", new IllegalStateException()));
        });

        assertThat(exitCode).isEqualTo(1);
        assertThat(printed.toString().lines()).containsExactly("The run failed: records can't be read");
    }

    @Test
    void defectOfTheCheckerHasItsStackTrace() {
        int exitCode = execute(() -> {
            throw new IllegalStateException("a defect");
        });

        assertThat(exitCode).isEqualTo(1);
        assertThat(printed.toString()).contains("a defect", "\tat ");
    }

    private int execute(Callable<Integer> run) {
        return new CommandLine(new FailingCommand(run))
                .setExecutionExceptionHandler(new FailureOutput())
                .setErr(new PrintWriter(printed, true))
                .execute();
    }

    @Command
    private record FailingCommand(Callable<Integer> run) implements Callable<Integer> {
        @Override
        public Integer call() throws Exception {
            return run.call();
        }
    }
}
