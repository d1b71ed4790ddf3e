package dev.terminalcloud.virtualdevice.connection;

import java.net.URI;

/** The id and the secret of the device, with the address of the cloud. */
public record Credentials(String deviceId, String secret, URI cloud) {

    public Credentials {
        if (!deviceId.matches("[0-9]{4,14}")) {
            throw new IllegalArgumentException("Device id must have 4 to 14 decimal digits, was " + deviceId);
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

    /** Omits the secret. */
    @Override
    public String toString() {
        return deviceId + " at " + cloud;
    }
}
