package dev.terminalcloud.local;

import java.util.List;
import java.util.stream.LongStream;

/**
 * The registered devices of the local stack, all with one, public secret.
 *
 * @param count the number of devices
 */
record DemoDevices(int count) {
    static final String SECRET = "demo-device-secret";
    static final int MIN_COUNT = 20;
    static final int MAX_COUNT = 100_000;

    private static final long FIRST = 7_000_000_001L;
    /** Returns the id of the first device, which exists for every count. */
    static String first() {
        return Long.toString(FIRST);
    }

    String last() {
        return Long.toString(FIRST + count - 1);
    }

    List<String> ids() {
        return LongStream.range(FIRST, FIRST + count).mapToObj(Long::toString).toList();
    }
}
