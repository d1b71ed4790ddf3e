package dev.terminalcloud.benchmark.rate;

import dev.terminalcloud.benchmark.stack.ProcessorUse;
import dev.terminalcloud.benchmark.stack.StoreUse;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.TimeUnit;

/**
 * The use of processors and stores by the system without transactions, with all devices connected.
 *
 * @param statementsPerThousandSeconds statements that PostgreSQL executes
 */
record Rest(ProcessorUse processors, StoreUse stores, long statementsPerThousandSeconds) {
    /** Returns the use of processors by part, in thousandths of a core. */
    Map<String, Long> millicores() {
        Map<String, Long> millicores = new TreeMap<>();
        processors
                .millis()
                .forEach((part, millis) -> millicores.put(part, perThousandSeconds(millis, processors.nanos()) / 1000));
        return millicores;
    }

    long commitsPerThousandSeconds() {
        return perThousandSeconds(stores.commits(), stores.nanos());
    }

    long recordsPerThousandSeconds() {
        return perThousandSeconds(stores.totalRecords(), stores.nanos());
    }

    static long perThousandSeconds(long number, long nanos) {
        return number * 1000 * TimeUnit.SECONDS.toNanos(1) / Math.max(1, nanos);
    }
}
