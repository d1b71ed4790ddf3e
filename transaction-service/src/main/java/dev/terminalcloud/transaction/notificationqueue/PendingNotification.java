package dev.terminalcloud.transaction.notificationqueue;

import java.time.Instant;
import java.util.UUID;

/**
 * A notification whose attempt is in progress.
 *
 * @param previousDeviceId the replaced device; null if it is not about a replacement
 * @param tokenHash the hash of the pairing token that the register had when it happened
 * @param attempts the number of attempts, this one included
 * @param takenAt when this attempt began, by the database's clock
 */
public record PendingNotification(
        UUID id,
        String type,
        String vendorName,
        String registerId,
        String businessName,
        String deviceId,
        String previousDeviceId,
        String callbackUrl,
        String tokenHash,
        Instant occurredAt,
        int attempts,
        Instant takenAt) {

    /** Keeps URL and key out of logs. */
    @Override
    public String toString() {
        return "PendingNotification[%s]".formatted(id);
    }
}
