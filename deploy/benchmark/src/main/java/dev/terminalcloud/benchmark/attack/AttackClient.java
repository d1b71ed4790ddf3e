package dev.terminalcloud.benchmark.attack;

import java.io.IOException;

/** A client that attacks, one step after the other. Not thread-safe. */
interface AttackClient {
    /**
     * Takes one step, a request or a connection.
     *
     * @throws IOException if the system closes the connection, as it should; the next step is due after a moment
     */
    void step() throws IOException;
}
