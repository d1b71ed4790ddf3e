package dev.terminalcloud.connector.rebalance;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.ArrayDeque;
import java.util.Arrays;
import java.util.Collections;
import java.util.Deque;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** With the default tolerance: 300 devices on one of two connectors are 100 too many. A heartbeat comes each 5 s. */
class RebalancingProgressTest {
    private static final FairShare SHARE = new FairShare(10, 50);
    private static final int MAX_PER_HEARTBEAT = 125;
    private static final int HEARTBEATS_PER_HOUR = 720;

    private final RebalancingProgress progress = new RebalancingProgress(Duration.ofMinutes(2));

    /** The devices are back at once, or after a while in which nothing is in excess. */
    @ParameterizedTest(name = "with a delay of {0} s, back after {1} heartbeats")
    @CsvSource({"120, 1", "120, 6", "120, 12", "0, 1", "0, 6", "0, 12"})
    void balancerThatSendsEverythingBackIsAskedLessAndLess(int delaySeconds, int heartbeatsUntilBack) {
        RebalancingProgress progress = new RebalancingProgress(Duration.ofSeconds(delaySeconds));
        int[] askedInHour = new int[12];
        int own = 300;
        Deque<Integer> reconnecting = new ArrayDeque<>(Collections.nCopies(heartbeatsUntilBack, 0));
        for (int i = 0; i < askedInHour.length * HEARTBEATS_PER_HOUR; i++) {
            own += reconnecting.remove();
            int excess = SHARE.excess(own, List.of(own, 0));
            int surplus = SHARE.surplus(own, List.of(own, 0));
            int asked = progress.mayAsk(excess, surplus, 2, heartbeat(i)) ? Math.min(excess, MAX_PER_HEARTBEAT) : 0;
            progress.recordAsked(asked);
            own -= asked;
            reconnecting.add(asked);
            askedInHour[i / HEARTBEATS_PER_HOUR] += asked;
        }

        assertThat(askedInHour[0]).isBetween(600, 1_500);
        assertThat(Arrays.stream(askedInHour).skip(2)).allMatch(asked -> asked <= 300);
        assertThat(progress.lastPause()).isEqualTo(RebalancingProgress.MAX_PAUSE);
    }

    /** The others have too many as well, and each sends its excess to any; meanwhile new devices come to all. */
    @ParameterizedTest(
            name = "{1} connectors join {0} with 20,000 devices each, and {2} new devices come with each heartbeat")
    @CsvSource({"1, 1, 0", "2, 1, 0", "3, 1, 0", "3, 3, 0", "2, 1, 300", "3, 1, 400", "5, 1, 600"})
    void balancerThatChoosesAtRandomIsAskedUntilTheEnd(int connectors, int joined, int newDevices) {
        Random random = new Random(connectors);
        Integer[] counts = new Integer[connectors + joined];
        RebalancingProgress[] all = new RebalancingProgress[counts.length];
        for (int i = 0; i < counts.length; i++) {
            counts[i] = i < connectors ? 20_000 : 0;
            all[i] = new RebalancingProgress(Duration.ofMinutes(2));
        }
        for (int heartbeat = 0; excess(counts) > 0; heartbeat++) {
            List<Integer> published = List.of(counts);
            connect(newDevices, counts, random);
            for (int i = 0; i < counts.length; i++) {
                int excess = SHARE.excess(counts[i], published);
                int surplus = SHARE.surplus(counts[i], published);
                boolean mayAsk = all[i].mayAsk(excess, surplus, counts.length, heartbeat(heartbeat));
                assertThat(all[i].lastPause()).isZero();
                int asked = mayAsk ? Math.min(excess, MAX_PER_HEARTBEAT) : 0;
                all[i].recordAsked(asked);
                counts[i] -= asked;
                connect(asked, counts, random);
            }
        }
    }

    /** As when a region is powered off: what is gone has not gone to another connector. */
    @Test
    void devicesThatLeaveAllConnectorsHideNoneThatComeBack() {
        int own = 3_000;
        int other = 1_000;
        for (int i = 0; i < 30; i++) {
            int excess = SHARE.excess(own, List.of(own, other));
            int surplus = SHARE.surplus(own, List.of(own, other));
            if (progress.mayAsk(excess, surplus, 2, heartbeat(i))) {
                progress.recordAsked(Math.min(excess, MAX_PER_HEARTBEAT));
            }
            own -= 20;
            other -= 20;
        }

        assertThat(progress.lastPause()).isEqualTo(RebalancingProgress.MIN_PAUSE);
    }

    @Test
    void pausesAreForgottenWhenNothingIsInExcess() {
        sendBackUntilPaused(0);

        assertThat(progress.mayAsk(0, 0, 2, heartbeat(20))).isFalse();
        assertThat(progress.lastPause()).isEqualTo(RebalancingProgress.MIN_PAUSE);
        assertThat(progress.mayAsk(0, 0, 2, heartbeat(40))).isFalse();
        assertThat(progress.lastPause()).isZero();

        sendBackUntilPaused(100);
        assertThat(progress.lastPause()).isEqualTo(RebalancingProgress.MIN_PAUSE);
    }

    /** Devices that were not asked, since they pay, can't go. */
    @Test
    void pauseBeginsOnlyWhenDevicesHaveBeenAsked() {
        for (int i = 0; i < HEARTBEATS_PER_HOUR; i++) {
            assertThat(progress.mayAsk(100, 150, 2, heartbeat(i))).isTrue();
        }
    }

    private void sendBackUntilPaused(int first) {
        for (int i = first; i < first + 2; i++) {
            assertThat(progress.mayAsk(100, 150, 2, heartbeat(i))).isTrue();
            progress.recordAsked(100);
        }
        assertThat(progress.mayAsk(100, 150, 2, heartbeat(first + 2))).isFalse();
        assertThat(progress.lastPause()).isZero();
        assertThat(progress.mayAsk(100, 150, 2, heartbeat(first + 14))).isFalse();
    }

    private static void connect(int devices, Integer[] counts, Random random) {
        for (int device = 0; device < devices; device++) {
            counts[random.nextInt(counts.length)]++;
        }
    }

    private static int excess(Integer[] counts) {
        return Arrays.stream(counts)
                .mapToInt(count -> SHARE.excess(count, List.of(counts)))
                .sum();
    }

    private static long heartbeat(int number) {
        return Duration.ofSeconds(5L * number).toNanos();
    }
}
