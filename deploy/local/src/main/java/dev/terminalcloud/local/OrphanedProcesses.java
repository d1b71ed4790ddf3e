package dev.terminalcloud.local;

import java.nio.file.Path;
import java.util.List;

/**
 * The service processes that a killed start left running. Each carries the data folder it belongs to on its command line, from the
 * moment it exists, so they are found for certain: no note can be missing, out of date, or name the number of another process.
 */
final class OrphanedProcesses {
    private static final String PROPERTY = "-Dterminalcloud.data=";

    private OrphanedProcesses() {}

    /** The argument that each service process of this data folder is started with. */
    static String mark(Path data) {
        return PROPERTY + data;
    }

    /**
     * Kills what is left on this data folder and returns when it is gone. Only for the one who holds the folder's lock: then whoever
     * carries the mark was started by somebody who is no more. Asking it to end in order would only take time: Kafka is gone already.
     *
     * @return whether there was anything
     */
    static boolean killAll(Path data) {
        List<ProcessHandle> processes = ProcessHandle.allProcesses()
                .filter(process -> carries(process, mark(data)))
                .toList();
        processes.forEach(ProcessHandle::destroyForcibly);
        processes.forEach(process -> process.onExit().join());
        return !processes.isEmpty();
    }

    private static boolean carries(ProcessHandle process, String mark) {
        return process.info()
                .arguments()
                .filter(arguments -> List.of(arguments).contains(mark))
                .isPresent();
    }
}
