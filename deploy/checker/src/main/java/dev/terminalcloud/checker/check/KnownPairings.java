package dev.terminalcloud.checker.check;

import dev.terminalcloud.checker.history.HistoryEntry.DeviceConnectivity;
import dev.terminalcloud.checker.history.HistoryEntry.Paired;
import dev.terminalcloud.checker.history.HistoryEntry.Sent;
import dev.terminalcloud.checker.history.TimestampedEntry;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.TimeUnit;

/**
 * The device of a register when it sent a request, as far as it is certain by the answers that it and others had got before.
 * Immutable after it is made.
 */
final class KnownPairings {
    private static final int OK = 200;

    /** Answers after which certainly nothing has changed: a wrong code, and one that was not looked at. */
    private static final Set<Integer> UNCHANGED = Set.of(400, 429);

    /** A request that was not answered may pair for as long as its code is valid, and the client waits. */
    private static final long UNCLEAR_MILLIS = TimeUnit.SECONDS.toMillis(150);

    private static final String CONNECTED = "Connected";

    /**
     * @param deviceId null if the register certainly had no device
     * @param online whether that device was connected then
     */
    record Pairing(String deviceId, boolean online, int connectivityEntries) {}

    private final Map<Integer, Pairing> pairings = new HashMap<>();
    private final Map<String, Optional<String>> current = new HashMap<>();
    private final List<TimestampedEntry> unclear = new ArrayList<>();
    private final Map<String, List<TimestampedEntry>> connectivity = new HashMap<>();

    static KnownPairings of(List<TimestampedEntry> entries) {
        KnownPairings known = new KnownPairings();
        entries.forEach(known::follow);
        return known;
    }

    /** Empty if it is not certain. */
    Optional<Pairing> at(int number) {
        return Optional.ofNullable(pairings.get(number));
    }

    /** Returns whether the device was connected when the request was sent, and nothing happened to its connection until then. */
    boolean stayedOnline(Pairing pairing, long untilNanos) {
        return pairing.online()
                && connectivity.get(pairing.deviceId()).stream()
                        .skip(pairing.connectivityEntries())
                        .noneMatch(later -> later.nanos() <= untilNanos);
    }

    private void follow(TimestampedEntry stamped) {
        if (stamped.entry() instanceof Paired paired) {
            pair(paired, stamped);
        } else if (stamped.entry() instanceof Sent sent && current.containsKey(sent.merchant())) {
            pairings.put(sent.number(), pairing(current.get(sent.merchant()).orElse(null)));
        } else if (stamped.entry() instanceof DeviceConnectivity about) {
            connectivity
                    .computeIfAbsent(about.deviceId(), unused -> new ArrayList<>())
                    .add(stamped);
        }
    }

    private Pairing pairing(String deviceId) {
        List<TimestampedEntry> past = connectivity.getOrDefault(deviceId, List.of());
        boolean online = !past.isEmpty()
                && past.get(past.size() - 1).entry() instanceof DeviceConnectivity last
                && last.what().equals(CONNECTED);
        return new Pairing(deviceId, online, past.size());
    }

    private void pair(Paired paired, TimestampedEntry stamped) {
        if (UNCHANGED.contains(paired.status())) {
            return;
        }
        boolean certain = paired.status() == OK && !isDisputed(paired, stamped.millis());
        if (paired.status() != OK) {
            unclear.add(stamped);
        }
        List<String> losers = current.entrySet().stream()
                .filter(merchant -> merchant.getValue().equals(Optional.of(paired.deviceId())))
                .map(Map.Entry::getKey)
                .toList();
        if (certain) {
            losers.forEach(merchant -> current.put(merchant, Optional.empty()));
            current.put(paired.merchant(), Optional.of(paired.deviceId()));
        } else {
            current.keySet().removeAll(losers);
            current.remove(paired.merchant());
        }
    }

    /** Returns whether an unanswered request of another register or about another device may undo it. */
    private boolean isDisputed(Paired paired, long millis) {
        return unclear.stream()
                .filter(before -> millis - before.millis() < UNCLEAR_MILLIS)
                .map(before -> (Paired) before.entry())
                .anyMatch(before -> before.merchant().equals(paired.merchant())
                        != before.deviceId().equals(paired.deviceId()));
    }
}
