package dev.terminalcloud.benchmark.rate;

import dev.terminalcloud.benchmark.load.OpenLoop;
import dev.terminalcloud.benchmark.stack.ProcessorUse;
import java.io.IOException;

/**
 * One side of the comparison.
 *
 * @param name {@code system} or {@code floor}
 * @param processors the reader of the processor time of its processes
 * @param isBesideSystem the system rests meanwhile, and what it uses then does not count
 */
record Subject(String name, OpenLoop loop, Processors processors, boolean isBesideSystem) {
    /** A reader of processor times. */
    interface Processors {
        ProcessorUse read() throws IOException;
    }
}
