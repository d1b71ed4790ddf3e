package dev.terminalcloud.virtualdevice.connection;

import dev.terminalcloud.virtualdevice.protocol.CloudMessage;
import dev.terminalcloud.virtualdevice.protocol.DeviceMessage;

/** Listener of a {@link CloudLink}, called in the device's own sequence only. */
public interface LinkListener {

    /** Called when a new connection is open and subscribed; a message sent now is the first on it. */
    void connected();

    /**
     * Handles a received message. It is acknowledged when this returns true; otherwise the cloud will repeat it.
     */
    boolean received(CloudMessage message);

    void acknowledged(DeviceMessage message);

    /** Called when the connection has ended, or could not be established. */
    void disconnected(String reason);
}
