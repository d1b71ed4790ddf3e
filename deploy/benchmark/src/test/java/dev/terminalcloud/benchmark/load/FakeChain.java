package dev.terminalcloud.benchmark.load;

import static dev.terminalcloud.benchmark.load.SimulatedClock.millis;

import java.util.function.LongUnaryOperator;

/**
 * A chain on a simulated clock.
 *
 * @param devices the number of its devices
 * @param endNanos the time at which a transaction that began at the argument ends; it reaches the device in the middle
 */
record FakeChain(SimulatedClock clock, int devices, LongUnaryOperator endNanos) implements TransactionDriver {
    static final long NEVER = Long.MAX_VALUE;

    static FakeChain withLatency(SimulatedClock clock, int devices, long latencyMillis) {
        return new FakeChain(clock, devices, begin -> begin + millis(latencyMillis));
    }

    @Override
    public void begin(int device, TransactionObserver observer) {
        long begin = clock.nanos();
        long end = endNanos.applyAsLong(begin);
        if (end != NEVER) {
            clock.planAt(begin + (end - begin) / 2, observer::reachedDevice);
            clock.planAt(end, observer::ended);
        }
    }
}
