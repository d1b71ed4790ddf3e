package dev.terminalcloud.virtualdevice.connection;

import java.net.URI;

/** Who the device is, and where it connects to. */
public record Credentials(String deviceId, String secret, URI cloud) {

    public Credentials {
        if (!deviceId.matches("[0-9]{4,14}")) {
            throw new IllegalArgumentException("a device id has 4 to 14 digits, unlike " + deviceId);
        }
        CloudAddress.of(cloud);
    }

    CloudAddress address() {
        return CloudAddress.of(cloud);
    }

    String commandTopic() {
        return "devices/" + deviceId + "/commands";
    }

    String eventTopic() {
        return "devices/" + deviceId + "/events";
    }

    /** Without the secret. */
    @Override
    public String toString() {
        return deviceId + " at " + cloud;
    }
}
