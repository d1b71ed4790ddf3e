package dev.terminalcloud.checker.check;

import dev.terminalcloud.checker.history.HistoryEntry;
import dev.terminalcloud.checker.history.HistoryEntry.DeviceConnectivity;
import dev.terminalcloud.checker.history.HistoryEntry.Misbehaved;
import dev.terminalcloud.checker.history.HistoryEntry.TransactionEntry;
import dev.terminalcloud.checker.history.TimestampedEntry;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.TimeUnit;

/**
 * The times at which a device had no power or no network, or did not follow the protocol, as the plan says. A connection that the cloud
 * ends does not count: the device reconnects by itself. Immutable after it is made.
 */
final class DeviceIncidents {
    /** A device that misbehaves may be without a connection for 5 s after its last step, and then has to reconnect. */
    private static final long AFTERMATH_NANOS = TimeUnit.SECONDS.toNanos(8);

    private static final Set<String> BEGINS = Set.of("unplugged", "PowerOff");
    private static final Set<String> ENDS = Set.of("plugged", "PowerOn");

    private record Span(long from, long to) {}

    private final Map<String, List<Span>> spans = new HashMap<>();

    static DeviceIncidents of(List<TimestampedEntry> entries) {
        DeviceIncidents incidents = new DeviceIncidents();
        Map<UUID, Long> lastSteps = lastSteps(entries);
        Map<String, Long> offline = new HashMap<>();
        for (TimestampedEntry stamped : entries) {
            if (stamped.entry() instanceof Misbehaved misbehaved) {
                long last = lastSteps.getOrDefault(misbehaved.transactionId(), stamped.nanos());
                incidents.add(misbehaved.deviceId(), stamped.nanos(), last);
            } else if (stamped.entry() instanceof DeviceConnectivity about) {
                incidents.follow(about, stamped.nanos(), offline);
            }
        }
        offline.forEach((deviceId, since) -> incidents.add(deviceId, since, Long.MAX_VALUE - AFTERMATH_NANOS));
        return incidents;
    }

    private void follow(DeviceConnectivity about, long nanos, Map<String, Long> offline) {
        if (BEGINS.contains(about.what())) {
            offline.putIfAbsent(about.deviceId(), nanos);
        } else if (ENDS.contains(about.what()) && offline.containsKey(about.deviceId())) {
            add(about.deviceId(), offline.remove(about.deviceId()), nanos);
        }
    }

    private void add(String deviceId, long from, long to) {
        spans.computeIfAbsent(deviceId, unused -> new ArrayList<>()).add(new Span(from, to + AFTERMATH_NANOS));
    }

    private static Map<UUID, Long> lastSteps(List<TimestampedEntry> entries) {
        Map<UUID, Long> last = new HashMap<>();
        entries.forEach(stamped -> {
            HistoryEntry entry = stamped.entry();
            if (entry instanceof HistoryEntry.DeviceStep || entry instanceof HistoryEntry.DeviceReported) {
                last.put(((TransactionEntry) entry).transactionId(), stamped.nanos());
            }
        });
        return last;
    }

    /** Returns whether the device had no incident in this time, nor shortly before it. */
    boolean hasNone(String deviceId, long from, long to) {
        return spans.getOrDefault(deviceId, List.of()).stream()
                .noneMatch(span -> span.from() <= to && span.to() >= from);
    }
}
