package dev.terminalcloud.pairing.administration;

/**
 * What an operator asks for.
 *
 * @param otherDeviceId the replacement; null for all else
 */
record Request(Operator operator, Action action, String deviceId, String otherDeviceId) {
    static Request of(Operator operator, Action action, String deviceId) {
        return new Request(operator, action, deviceId, null);
    }
}
