package dev.terminalcloud.checker;

import dev.terminalcloud.checker.fault.RunFailedException;
import java.util.Objects;
import java.util.Optional;
import java.util.stream.Stream;
import picocli.CommandLine;
import picocli.CommandLine.IExecutionExceptionHandler;
import picocli.CommandLine.ParseResult;

/** Prints a failed run as one line. Any other exception is a defect of the checker, and is printed with its stack trace. */
final class FailureOutput implements IExecutionExceptionHandler {
    private static final int MAX_CAUSES = 20;

    @Override
    public int handleExecutionException(Exception failure, CommandLine command, ParseResult arguments)
            throws Exception {
        Optional<RunFailedException> known = Stream.iterate((Throwable) failure, Objects::nonNull, Throwable::getCause)
                .limit(MAX_CAUSES)
                .filter(RunFailedException.class::isInstance)
                .map(RunFailedException.class::cast)
                .findFirst();
        if (known.isEmpty()) {
            throw failure;
        }
        command.getErr().println("The run failed: " + known.get().getMessage());
        command.getErr().flush();
        return CommandLine.ExitCode.SOFTWARE;
    }
}
