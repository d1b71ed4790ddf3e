package dev.terminalcloud.transaction.presence;

import com.fasterxml.jackson.annotation.JsonInclude;
import dev.terminalcloud.events.DeviceStatus;
import dev.terminalcloud.routes.LatestSession;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * The device of a register, as the register sees it (POS API, section 10). Members that are unknown are absent.
 *
 * @param connectedSince ISO 8601 in UTC; only if the device is online
 * @param lastSeen ISO 8601 in UTC; only if it is not online, and absent if it has never been
 * @param status as last reported, as model and firmware are
 * @param busy true while a transaction keeps the device from starting another
 * @param roundTripMillis only in the answer to a probe
 */
@JsonInclude(JsonInclude.Include.NON_NULL)
public record DevicePresence(
        String deviceId,
        boolean online,
        String connectedSince,
        String lastSeen,
        String status,
        String model,
        String firmware,
        boolean busy,
        Long roundTripMillis) {

    static DevicePresence of(
            String deviceId, Optional<LatestSession> latest, boolean busy, Optional<Long> roundTripMillis) {
        boolean online = latest.filter(LatestSession::isCurrent).isPresent();
        String since = latest.map(session -> session.since().toString()).orElse(null);
        return new DevicePresence(
                deviceId,
                online,
                online ? since : null,
                online ? null : since,
                latest.map(LatestSession::status).map(DevicePresence::wireName).orElse(null),
                latest.map(LatestSession::model).orElse(null),
                latest.map(LatestSession::firmware).orElse(null),
                busy,
                roundTripMillis.orElse(null));
    }

    /** Returns all values that {@code status} can have. */
    public static Stream<String> statuses() {
        return Stream.of(DeviceStatus.values()).map(DevicePresence::wireName);
    }

    private static String wireName(DeviceStatus status) {
        return switch (status) {
            case READY -> "READY";
            case NOT_INITIALIZED -> "NOT-INITIALIZED";
            case NOT_LOGGED_ON -> "NOT-LOGGED-ON";
            case REVERSAL_PENDING -> "REVERSAL-PENDING";
        };
    }
}
