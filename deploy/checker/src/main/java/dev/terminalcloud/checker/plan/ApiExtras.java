package dev.terminalcloud.checker.plan;

import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.SplittableRandom;
import java.util.stream.IntStream;

/**
 * The part of the POS API beyond the original that a register uses.
 *
 * @param loseAnswerAfter the time after which the first response to a start with a key is lost; empty: it is not
 * @param longPollSeconds the {@code wait} of long polls
 * @param streamCuts the times after which the register cuts the first connections of its event stream
 * @param cancelAgainAfter the time from the first cancellation to the second; empty: never
 * @param looksUp true if the register sends a reference, and finds its transactions by it
 * @param refundUse the linked refund that takes the place of the planned transaction
 */
public record ApiExtras(
        KeyUse keyUse,
        Optional<Duration> loseAnswerAfter,
        WaitMode waitMode,
        int longPollSeconds,
        List<Duration> streamCuts,
        Optional<Duration> cancelAgainAfter,
        boolean looksUp,
        RefundUse refundUse) {
    private static final int CENTS = 100;

    /** Nothing: a register as the original knows it. */
    public static final ApiExtras NONE = new ApiExtras(
            KeyUse.NONE, Optional.empty(), WaitMode.POLL, 0, List.of(), Optional.empty(), false, RefundUse.NONE);

    static ApiExtras of(SplittableRandom random) {
        return new ApiExtras(
                keyUse(random),
                percent(random, 20) ? Optional.of(millis(random, 1, 60)) : Optional.empty(),
                waitMode(random),
                random.nextInt(1, 6),
                IntStream.range(0, random.nextInt(4))
                        .mapToObj(cut -> millis(random, 0, 1_200))
                        .toList(),
                percent(random, 40) ? Optional.of(millis(random, 100, 13_500)) : Optional.empty(),
                percent(random, 40),
                refundUse(random));
    }

    private static KeyUse keyUse(SplittableRandom random) {
        int roll = random.nextInt(CENTS);
        if (roll < 15) {
            return KeyUse.UNTIL_ANSWERED;
        }
        if (roll < 25) {
            return KeyUse.AFTER_SUCCESS;
        }
        return roll < 35 ? KeyUse.TWICE_AT_ONCE : KeyUse.NONE;
    }

    private static RefundUse refundUse(SplittableRandom random) {
        RefundUse[] uses = RefundUse.values();
        return percent(random, 20) ? uses[random.nextInt(1, uses.length)] : RefundUse.NONE;
    }

    private static WaitMode waitMode(SplittableRandom random) {
        int roll = random.nextInt(CENTS);
        if (roll < 30) {
            return WaitMode.EVENT_STREAM;
        }
        return roll < 50 ? WaitMode.LONG_POLL : WaitMode.POLL;
    }

    private static boolean percent(SplittableRandom random, int percent) {
        return random.nextInt(CENTS) < percent;
    }

    private static Duration millis(SplittableRandom random, int min, int max) {
        return Duration.ofMillis(random.nextInt(min, max + 1));
    }
}
