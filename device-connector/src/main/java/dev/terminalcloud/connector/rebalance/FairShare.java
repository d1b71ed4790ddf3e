package dev.terminalcloud.connector.rebalance;

import java.util.Collection;

/**
 * The number of devices that each connector should have: as many as the others. Load balancers do not spread connections exactly, so a
 * connector may have more, by a tolerance, before any device is moved; below that nothing moves, and no device goes back and forth. Pure.
 *
 * @param tolerancePercent tolerance as a part of the share
 * @param minTolerance devices that are tolerated at least: of few devices the spread is uneven by chance
 */
record FairShare(int tolerancePercent, int minTolerance) {
    private static final int PERCENT = 100;

    /**
     * Returns the number of devices that a connector has beyond its share and the tolerance; 0 if it has fewer.
     *
     * @param own its own number
     * @param all the numbers of all connectors, its own among them
     */
    int excess(int own, Collection<Integer> all) {
        long share = share(all);
        long tolerance = Math.max(minTolerance, share * tolerancePercent / PERCENT);
        return (int) Math.max(0, own - share - tolerance);
    }

    /** As {@link #excess}, without the tolerance; negative if it has fewer. It stays as it is when all connectors get or lose as many. */
    int surplus(int own, Collection<Integer> all) {
        return (int) (own - share(all));
    }

    private static long share(Collection<Integer> all) {
        long total = all.stream().mapToLong(Integer::longValue).sum();
        int connectors = Math.max(all.size(), 1);
        return (total + connectors - 1) / connectors;
    }
}
