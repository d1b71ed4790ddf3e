package dev.terminalcloud.connector.session;

/** The two topics that a device sees. */
public final class DeviceTopics {
    private DeviceTopics() {}

    /** Cloud → device. */
    public static String commands(String deviceId) {
        return "devices/" + deviceId + "/commands";
    }

    /** Device → cloud. */
    public static String events(String deviceId) {
        return "devices/" + deviceId + "/events";
    }
}
