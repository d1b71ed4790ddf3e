package dev.terminalcloud.embedded.test;

import dev.terminalcloud.events.DeviceEvent;
import dev.terminalcloud.events.DeviceEvent.DeviceConnected;
import dev.terminalcloud.events.DeviceEvent.DeviceDisconnected;
import java.util.List;

/** The events of a connector when devices close their connections. */
public final class EndedSessions {
    private EndedSessions() {}

    /** Returns the ends of the sessions that these events, each a {@link DeviceConnected}, have begun. */
    public static List<DeviceEvent> of(List<DeviceEvent> begun) {
        return begun.stream()
                .map(DeviceConnected.class::cast)
                .<DeviceEvent>map(
                        connected -> new DeviceDisconnected(connected.deviceId(), connected.sessionId(), "CLOSED"))
                .toList();
    }
}
