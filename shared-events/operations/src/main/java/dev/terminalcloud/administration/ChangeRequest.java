package dev.terminalcloud.administration;

import java.util.Map;
import java.util.UUID;

/**
 * An operator's request for a change. Components that the action does not use are null.
 *
 * @param otherDeviceId the replacement device
 * @param details further parameters, as the audit trail stores them: no secret and no receipt
 */
public record ChangeRequest(
        Operator operator,
        AuditAction action,
        String deviceId,
        String otherDeviceId,
        UUID transactionId,
        Map<String, Object> details) {

    /** Returns a request that concerns one device. */
    public static ChangeRequest of(Operator operator, AuditAction action, String deviceId) {
        return new ChangeRequest(operator, action, deviceId, null, null, null);
    }

    /** Returns a request that concerns a device and its replacement. */
    public static ChangeRequest of(Operator operator, AuditAction action, String deviceId, String otherDeviceId) {
        return new ChangeRequest(operator, action, deviceId, otherDeviceId, null, null);
    }
}
