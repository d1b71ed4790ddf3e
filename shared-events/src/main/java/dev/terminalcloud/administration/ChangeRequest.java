package dev.terminalcloud.administration;

import java.util.Map;
import java.util.UUID;

/**
 * What an operator asks for. What does not belong to the action is null.
 *
 * @param otherDeviceId the replacement
 * @param details what else was asked for, as it is kept: no secret and no receipt
 */
public record ChangeRequest(
        Operator operator,
        AuditAction action,
        String deviceId,
        String otherDeviceId,
        UUID transactionId,
        Map<String, Object> details) {

    /** About a device. */
    public static ChangeRequest of(Operator operator, AuditAction action, String deviceId) {
        return new ChangeRequest(operator, action, deviceId, null, null, null);
    }

    /** About a device and the one that takes its place. */
    public static ChangeRequest of(Operator operator, AuditAction action, String deviceId, String otherDeviceId) {
        return new ChangeRequest(operator, action, deviceId, otherDeviceId, null, null);
    }
}
