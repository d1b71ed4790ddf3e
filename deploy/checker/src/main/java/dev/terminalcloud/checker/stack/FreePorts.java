package dev.terminalcloud.checker.stack;

import java.io.IOException;
import java.net.ServerSocket;
import java.security.SecureRandom;

/** Ports that are free now, below the ephemeral ports of the operating system. */
final class FreePorts {
    private static final int FIRST_PORT = 15_000;
    private static final int PORT_RANGE = 15_000;

    private FreePorts() {}

    /** Returns the first of this number of consecutive ports. */
    static int find(int count) {
        while (true) {
            int first = FIRST_PORT + new SecureRandom().nextInt(PORT_RANGE);
            if (areFree(first, count)) {
                return first;
            }
        }
    }

    private static boolean areFree(int port, int count) {
        if (count == 0) {
            return true;
        }
        try (ServerSocket taken = new ServerSocket(port)) {
            return areFree(taken.getLocalPort() + 1, count - 1);
        } catch (IOException e) {
            return false;
        }
    }
}
