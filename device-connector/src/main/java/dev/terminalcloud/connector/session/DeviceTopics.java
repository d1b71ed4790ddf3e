package dev.terminalcloud.connector.session;

/** The two topics that a device sees. */
public final class DeviceTopics {
    /** Pattern of {@link #commands}, for what must not name a device. */
    static final String ALL_COMMANDS = "devices/{deviceId}/commands";

    /** Pattern of {@link #events}. */
    static final String ALL_EVENTS = "devices/{deviceId}/events";

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
