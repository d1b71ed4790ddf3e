package dev.terminalcloud.certification;

import static java.nio.charset.StandardCharsets.UTF_8;

import dev.terminalcloud.certification.check.CertificationReport;
import dev.terminalcloud.certification.check.CheckOutcome.Result;
import dev.terminalcloud.certification.operator.CertificationOperator;
import dev.terminalcloud.certification.operator.ConsoleOperator;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.PrintWriter;
import java.nio.charset.Charset;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.EnumSet;
import java.util.List;
import java.util.Set;
import java.util.function.Supplier;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;
import picocli.CommandLine.Spec.Target;

/** The options and exit codes that both certifications have. */
@Command(
        version = "1.0.0",
        sortOptions = false,
        exitCodeListHeading = "%nExit codes:%n",
        exitCodeList = {
            "0:success",
            "1:a check failed",
            "2:invalid option, or a port is in use",
            "3:no check failed, but some were not run"
        })
final class RunOptions {
    private static final int NOT_ALL_RUN = 3;

    @Spec(Target.MIXEE)
    private CommandSpec command;

    /** The command line has been chosen by it. */
    @Option(
            names = CertificationCommand.POS,
            description = "Certifies a POS, and not a device; --pos --help lists its options.")
    void choosePos(boolean chosen) {}

    @Option(
            names = "--host",
            defaultValue = "0.0.0.0",
            paramLabel = "ADDRESS",
            description = "Address to listen on. Default: ${DEFAULT-VALUE}.")
    private String host;

    @Option(
            names = "--time-divisor",
            defaultValue = "1",
            paramLabel = "N",
            description = "Divisor of the times of the rules, for a device or POS that was built with such times. Other"
                    + " values than 1 give no certificate. Default: ${DEFAULT-VALUE}.")
    private int timeDivisor;

    @Option(
            names = "--operator-timeout",
            defaultValue = "120",
            paramLabel = "SECONDS",
            description = "Maximum time to wait for the operator. Default: ${DEFAULT-VALUE}.")
    private int operatorTimeout;

    @Option(
            names = "--report",
            defaultValue = "certification.md",
            paramLabel = "FILE",
            description = "File of the report. Default: ${DEFAULT-VALUE}.")
    private Path report;

    String host() {
        return host;
    }

    int timeDivisor() {
        return timeDivisor;
    }

    Duration operatorTimeout() {
        return Duration.ofSeconds(operatorTimeout);
    }

    void check() {
        if (timeDivisor < 1 || operatorTimeout < 1) {
            throw new ParameterException(
                    command.commandLine(), "--time-divisor and --operator-timeout must be at least 1");
        }
    }

    private PrintWriter out() {
        return command.commandLine().getOut();
    }

    void print(String format, Object... values) {
        out().printf(format, values);
        out().flush();
    }

    /** Opens the simulated other side; a wrong option or a port in use ends the command. */
    <T> T open(Supplier<T> simulation) {
        try {
            return simulation.get();
        } catch (IllegalArgumentException | IllegalStateException e) {
            throw new ParameterException(command.commandLine(), e.getMessage(), e);
        }
    }

    /** Returns the checks to run: all, if none was chosen. */
    static <C extends Enum<C>> Set<C> chosen(List<C> only, Class<C> checks) {
        return only == null ? EnumSet.allOf(checks) : EnumSet.copyOf(only);
    }

    /** Returns the operator at the console. */
    CertificationOperator console() {
        return new ConsoleOperator(new InputStreamReader(System.in, Charset.defaultCharset()), out());
    }

    /** Writes the report, and returns the exit status. */
    int finish(CertificationReport made) throws IOException {
        Files.writeString(report, made.markdown(), UTF_8);
        print("%n%s%nReport: %s%n", made.verdict(), report.toAbsolutePath());
        if (made.count(Result.FAILED) > 0) {
            return CommandLine.ExitCode.SOFTWARE;
        }
        return made.count(Result.NOT_RUN) > 0 ? NOT_ALL_RUN : CommandLine.ExitCode.OK;
    }
}
