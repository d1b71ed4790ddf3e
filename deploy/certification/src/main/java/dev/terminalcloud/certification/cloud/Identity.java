package dev.terminalcloud.certification.cloud;

/** Who the device under test is. */
public record Identity(String deviceId, String secret) {

    public Identity {
        if (!deviceId.matches("[0-9]{4,14}")) {
            throw new IllegalArgumentException("a device id has 4 to 14 digits, unlike " + deviceId);
        }
    }

    String commands() {
        return "devices/" + deviceId + "/commands";
    }

    String events() {
        return "devices/" + deviceId + "/events";
    }

    /** Without the secret. */
    @Override
    public String toString() {
        return deviceId;
    }
}
