package dev.terminalcloud.systemtests.conformance;

import java.util.Optional;
import org.junit.jupiter.api.extension.BeforeEachCallback;
import org.junit.jupiter.api.extension.ExtensionContext;
import org.junit.jupiter.api.extension.ExtensionContext.Namespace;
import org.junit.jupiter.api.extension.TestWatcher;

/** Records the result of each row's test in the one {@link Table} of a run. */
final class RowWatch implements BeforeEachCallback, TestWatcher {
    private static final Namespace NAMESPACE = Namespace.create(RowWatch.class);
    private static final String BEGAN = "began";

    /** The prefix that JUnit adds to a reason. */
    private static final String ASSUMPTION = "Assumption failed: ";

    @Override
    public void beforeEach(ExtensionContext test) {
        test.getStore(NAMESPACE).put(BEGAN, System.nanoTime());
        table(test);
    }

    @Override
    public void testSuccessful(ExtensionContext test) {
        note(test, "passed");
    }

    @Override
    public void testFailed(ExtensionContext test, Throwable cause) {
        note(test, "FAILED");
    }

    @Override
    public void testAborted(ExtensionContext test, Throwable cause) {
        note(test, Table.NOT_RUN + cause.getMessage().replace(ASSUMPTION, ""));
    }

    @Override
    public void testDisabled(ExtensionContext test, Optional<String> reason) {
        note(test, Table.NOT_RUN + reason.orElse("disabled"));
    }

    private static void note(ExtensionContext test, String verdict) {
        Row row = test.getRequiredTestMethod().getAnnotation(Proves.class).value();
        table(test).note(row, new Table.RowResult(verdict, millisecondsOf(test)));
    }

    private static long millisecondsOf(ExtensionContext test) {
        Long began = test.getStore(NAMESPACE).get(BEGAN, Long.class);
        return began == null ? 0 : (System.nanoTime() - began) / 1_000_000;
    }

    private static Table table(ExtensionContext test) {
        return test.getRoot()
                .getStore(NAMESPACE)
                .computeIfAbsent(Table.class, key -> new Table(Settings.of(test)), Table.class);
    }
}
