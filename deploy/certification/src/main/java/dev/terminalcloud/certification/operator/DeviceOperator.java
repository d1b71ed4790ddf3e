package dev.terminalcloud.certification.operator;

import java.time.Duration;

/** The operator at the device: a person or a program. */
public interface DeviceOperator {

    /** Assigns a task. The suite detects by itself when it is done. */
    void perform(Task task);

    /**
     * Called about once a second while the suite waits for a task.
     *
     * @throws CheckNotRunException if the operator skips the task
     */
    void awaiting(Duration left) throws CheckNotRunException;

    /**
     * Asks about the display, which only the operator can see.
     *
     * @throws CheckNotRunException if the operator cannot answer
     */
    boolean confirms(DisplayQuestion question) throws CheckNotRunException;

    /** Reports the progress of the run. */
    void inform(String news);
}
