package dev.terminalcloud.connector.rebalance;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Arrays;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** The share by default: a tolerance of 10 percent, and of 50 devices at least. */
class FairShareTest {
    private static final FairShare SHARE = new FairShare(10, 50);

    @ParameterizedTest(name = "a connector with {0} devices, the others with {1}, {2} and {3}, has {4} too many")
    @CsvSource({
        // The share of a third connector, and the tolerance, stay.
        "30000, 30000, 0,     ,      8000",
        "22000, 20000, 18000, ,         0",
        "22001, 19999, 18000, ,         1",
        // All connectors count, however many others have too many as well.
        "30000, 30000, 30000, 0,     5250",
        "0,     30000, 30000, ,         0",
        // Of few devices the spread is uneven by chance.
        "100,   0,     0,     ,        16",
        "60,    0,     ,      ,         0",
        "50000, ,      ,      ,         0",
        "0,     0,     0,     ,         0"
    })
    void excessIsWhatExceedsTheShareAndTheTolerance(
            int own, Integer second, Integer third, Integer fourth, int excess) {
        List<Integer> all = Arrays.asList(own, second, third, fourth).stream()
                .filter(connections -> connections != null)
                .toList();

        assertThat(SHARE.excess(own, all)).isEqualTo(excess);
    }

    /** A load balancer that chooses at random sends most of the devices back to a connector that has too many. */
    @ParameterizedTest(name = "{0} devices on two connectors, one or more join to make {1}")
    @CsvSource({"300, 3", "3000, 3", "60000, 3", "60000, 6", "60000, 64"})
    void movesEndAndNothingFlaps(int devices, int connectors) {
        Random random = new Random(devices);
        Integer[] counts = new Integer[connectors];
        Arrays.fill(counts, 0);
        counts[0] = devices / 2;
        counts[1] = devices - counts[0];

        int rounds = 0;
        while (round(counts, random) > 0) {
            rounds++;
            assertThat(rounds).isLessThan(10_000);
        }

        for (int i = 0; i < 100; i++) {
            assertThat(round(counts, random)).isZero();
        }
        int share = (devices + connectors - 1) / connectors;
        assertThat(counts).allSatisfy(count -> assertThat(count).isLessThanOrEqualTo(share + Math.max(50, share / 10)));
    }

    /** A heartbeat of each connector: asks up to 125 devices over, each reconnects anywhere; returns how many. */
    private static int round(Integer[] counts, Random random) {
        List<Integer> published = List.of(counts);
        int moved = 0;
        for (int i = 0; i < counts.length; i++) {
            int asked = Math.min(125, SHARE.excess(counts[i], published));
            for (int device = 0; device < asked; device++) {
                counts[i]--;
                counts[random.nextInt(counts.length)]++;
            }
            moved += asked;
        }
        return moved;
    }

    @Test
    void surplusStaysWhenAllConnectorsGetAsManyDevices() {
        assertThat(SHARE.surplus(30_000, List.of(30_000, 30_000, 0))).isEqualTo(10_000);
        assertThat(SHARE.surplus(40_000, List.of(40_000, 40_000, 10_000))).isEqualTo(10_000);
        assertThat(SHARE.surplus(0, List.of(30_000, 30_000, 0))).isEqualTo(-20_000);
    }

    @Test
    void connectorAloneHasNothingToGive() {
        assertThat(new FairShare(0, 0).excess(10, List.of(10))).isZero();
        assertThat(new FairShare(0, 0).excess(10, List.of())).isEqualTo(10);
    }
}
