package dev.terminalcloud.connector.fake;

import dev.terminalcloud.connector.kafka.ProcessExit;
import jakarta.annotation.Priority;
import jakarta.enterprise.inject.Alternative;
import jakarta.inject.Singleton;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;

/** Records the reasons instead of exiting the test's process. */
@Alternative
@Priority(1)
@Singleton
public class RecordedExit extends ProcessExit {
    private final List<String> reasons = new CopyOnWriteArrayList<>();

    @Override
    public void terminate(String reason) {
        reasons.add(reason);
    }

    @Override
    public void terminate(String reason, Throwable failure) {
        reasons.add(reason);
    }

    public List<String> reasons() {
        return reasons;
    }
}
