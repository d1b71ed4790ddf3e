package dev.terminalcloud.certification.device.cloud;

/** The id and secret of the device under test. */
public record Identity(String deviceId, String secret) {

    public Identity {
        if (!deviceId.matches("[0-9]{4,14}")) {
            throw new IllegalArgumentException("Device id must have 4 to 14 decimal digits, was " + deviceId);
        }
    }

    String commands() {
        return "devices/" + deviceId + "/commands";
    }

    String events() {
        return "devices/" + deviceId + "/events";
    }

    /** Returns the device id, without the secret. */
    @Override
    public String toString() {
        return deviceId;
    }
}
