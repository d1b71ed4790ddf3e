package dev.terminalcloud.local;

import java.nio.file.Path;
import java.util.List;

/**
 * The service processes that a killed start left running. Each carries its data folder on its command line from the moment it exists,
 * so the search is reliable: a pid file could be missing, out of date, or name another process.
 */
final class OrphanedProcesses {
    private static final String PROPERTY = "-Dterminalcloud.data=";

    private OrphanedProcesses() {}

    /** Returns the argument that each service process of this data folder is started with. */
    static String mark(Path data) {
        return PROPERTY + data;
    }

    /**
     * Kills the orphaned processes of this data folder and returns when they have exited. The caller must hold the folder's lock: then
     * each process with the mark was started by a launcher that no longer runs. A graceful shutdown would only take time, since
     * Kafka is killed too.
     *
     * @return whether there were any
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
