package dev.terminalcloud.certification.operator;

import java.time.Duration;

/** The operator at what is certified: a person or a program. */
public interface CertificationOperator {

    /** Assigns a task. The suite detects by itself when it is done. */
    void perform(Task task);

    /**
     * Called about once a second while the suite waits for a task.
     *
     * @throws CheckNotRunException if the operator skips the task
     */
    void awaiting(Duration left) throws CheckNotRunException;

    /**
     * Asks about what only the operator can see.
     *
     * @throws CheckNotRunException if the operator cannot answer
     */
    boolean confirms(Question question) throws CheckNotRunException;

    /** Reports the progress of the run. */
    void inform(String news);
}
