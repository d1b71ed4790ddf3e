package dev.terminalcloud.benchmark.rate;

import com.google.errorprone.annotations.FormatMethod;
import dev.terminalcloud.benchmark.load.ArrivalSchedule;
import dev.terminalcloud.benchmark.load.SustainSearch;
import dev.terminalcloud.benchmark.load.Trial;
import dev.terminalcloud.benchmark.report.RateFigures;
import dev.terminalcloud.benchmark.report.RateReport;
import dev.terminalcloud.benchmark.report.RestFigures;
import dev.terminalcloud.benchmark.report.SubjectFigures;
import dev.terminalcloud.benchmark.stack.MeasuredStack;
import dev.terminalcloud.benchmark.stack.ProcessorUse;
import dev.terminalcloud.benchmark.stack.StackCounters;
import dev.terminalcloud.benchmark.stack.StatementLog;
import dev.terminalcloud.benchmark.stack.StoreUse;
import java.io.IOException;
import java.io.PrintWriter;
import java.sql.SQLException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;

/** The measurement of system and floor in turns, so that other load of the machine affects both alike. */
final class RateRun {
    /** PostgreSQL's sessions publish their counters at most once a second. */
    private static final Duration COUNTER_DELAY = Duration.ofMillis(1500);

    /** An overloaded trial leaves transactions behind, which end within this time. */
    private static final Duration IDLE_TIMEOUT = Duration.ofMinutes(2);

    private final MeasuredStack stack;
    private final StackCounters counters;
    private final RatePlan plan;
    private final PrintWriter out;

    RateRun(MeasuredStack stack, StackCounters counters, RatePlan plan, PrintWriter out) {
        this.stack = stack;
        this.counters = counters;
        this.plan = plan;
        this.out = out;
    }

    RateReport measure(Map<String, String> setting, Subject floor, Subject system)
            throws IOException, SQLException, InterruptedException {
        List<Subject> subjects = List.of(floor, system);
        for (Subject subject : subjects) {
            print("%s: warm-up with %d/s", subject.name(), plan.warmUpRate());
            print(subject.loop().run(new ArrivalSchedule(plan.warmUpRate(), plan.warmUp())));
            subject.loop().awaitIdle(IDLE_TIMEOUT);
        }
        Rest rest = rest(system);
        Map<String, Long> statements = new HashMap<>();
        Map<String, List<RateFigures>> figures = new HashMap<>();
        for (Subject subject : subjects) {
            statements.put(subject.name(), statementsPerThousand(subject, rest));
            figures.put(subject.name(), new ArrayList<>());
        }
        for (int rate : plan.rates()) {
            for (Subject subject : subjects) {
                figures.get(subject.name()).add(measure(subject, rate, rest));
            }
        }
        return new RateReport(
                setting,
                search(floor, rest, figures.get(floor.name()), statements.get(floor.name())),
                search(system, rest, figures.get(system.name()), statements.get(system.name())),
                new RestFigures(
                        rest.millicores(),
                        rest.commitsPerThousandSeconds(),
                        rest.recordsPerThousandSeconds(),
                        rest.statementsPerThousandSeconds()));
    }

    private Rest rest(Subject system) throws IOException, SQLException, InterruptedException {
        print("%s: at rest for %d s", system.name(), plan.rest().toSeconds());
        pause(COUNTER_DELAY);
        StoreUse stored = counters.stores();
        ProcessorUse used = system.processors().read();
        pause(plan.rest());
        ProcessorUse use = system.processors().read().since(used);
        StoreUse stores = counters.stores().since(stored);
        try (StatementLog log = StatementLog.open(stack)) {
            pause(plan.rest());
            return new Rest(
                    use,
                    stores,
                    Rest.perThousandSeconds(log.count(), plan.rest().toNanos()));
        }
    }

    private long statementsPerThousand(Subject subject, Rest rest)
            throws IOException, SQLException, InterruptedException {
        try (StatementLog log = StatementLog.open(stack)) {
            long begin = System.nanoTime();
            Trial trial = subject.loop().run(plan.schedule(plan.rates().get(0)));
            subject.loop().awaitIdle(IDLE_TIMEOUT);
            pause(COUNTER_DELAY);
            long atRest = subject.isBesideSystem()
                    ? rest.statementsPerThousandSeconds()
                            * TimeUnit.NANOSECONDS.toMillis(System.nanoTime() - begin)
                            / 1_000_000
                    : 0;
            long count = Math.max(0, log.count() - atRest);
            print("%s: %d statements for %d transactions", subject.name(), count, trial.ended());
            return count * 1000 / Math.max(1, trial.ended());
        }
    }

    private RateFigures measure(Subject subject, int rate, Rest rest)
            throws IOException, SQLException, InterruptedException {
        pause(COUNTER_DELAY);
        StoreUse stored = counters.stores();
        ProcessorUse used = subject.processors().read();
        print("%s: %d/s", subject.name(), rate);
        Trial trial = subject.loop().run(plan.schedule(rate));
        ProcessorUse use = subject.processors().read().since(used);
        pause(COUNTER_DELAY);
        StoreUse stores = counters.stores().since(stored);
        subject.loop().awaitIdle(IDLE_TIMEOUT);
        print(trial);
        return subject.isBesideSystem()
                ? RateFigures.of(trial, plan.p99Limit(), use.without(rest.processors()), stores.without(rest.stores()))
                : RateFigures.of(trial, plan.p99Limit(), use, stores);
    }

    private SubjectFigures search(Subject subject, Rest rest, List<RateFigures> rates, long statements)
            throws IOException, SQLException, InterruptedException {
        List<RateFigures> maximum = new ArrayList<>();
        SustainSearch search = SustainSearch.from(plan.firstSearched(rates), plan.maxRate());
        while (plan.isSearching() && search.next().isPresent()) {
            RateFigures figures = measure(subject, search.next().getAsInt(), rest);
            if (figures.sustained()) {
                maximum.clear();
                maximum.add(figures);
            }
            search = search.after(figures.sustained());
        }
        return new SubjectFigures(subject.name(), rates, search.sustained(), maximum, statements);
    }

    private void print(Trial trial) {
        print(
                "    %d ended, %d failed, %d unfinished, p99 to the end %d ms%s",
                trial.ended(),
                trial.failed(),
                trial.unfinished(),
                TimeUnit.NANOSECONDS.toMillis(trial.toEnd().getValueAtPercentile(99)),
                trial.firstFailure().map(reason -> ", first failure: " + reason).orElse(""));
    }

    @FormatMethod
    private void print(String format, Object... arguments) {
        out.println(format.formatted(arguments));
        out.flush();
    }

    private static void pause(Duration time) throws InterruptedException {
        TimeUnit.NANOSECONDS.sleep(time.toNanos());
    }
}
