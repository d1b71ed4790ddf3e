package dev.terminalcloud.virtualdevice.connection;

import dev.terminalcloud.virtualdevice.protocol.CloudMessage;
import dev.terminalcloud.virtualdevice.protocol.DeviceMessage;

/** What a {@link CloudLink} tells its device, always in the device's own sequence. */
public interface LinkListener {

    /** A new connection is open and subscribed; what is sent now is the first message on it. */
    void connected();

    /**
     * A message has come. It is acknowledged when this returns true; otherwise the cloud will repeat it.
     */
    boolean received(CloudMessage message);

    void acknowledged(DeviceMessage message);

    /** The connection has ended, or could not be made. */
    void disconnected(String reason);
}
