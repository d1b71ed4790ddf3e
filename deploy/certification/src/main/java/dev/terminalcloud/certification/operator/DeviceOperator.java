package dev.terminalcloud.certification.operator;

import java.time.Duration;

/** Whoever stands at the device. */
public interface DeviceOperator {

    /** Says what is to be done now. The suite sees by itself when it has been done. */
    void perform(Task task);

    /**
     * Called about once a second while the suite waits for what it asked for.
     *
     * @throws CheckNotRunException when it will not be done
     */
    void awaiting(Duration left) throws CheckNotRunException;

    /**
     * Asks what only somebody at the device can see.
     *
     * @throws CheckNotRunException when nobody can tell
     */
    boolean confirms(DisplayQuestion sight) throws CheckNotRunException;

    /** Tells how the run goes on. */
    void inform(String news);
}
