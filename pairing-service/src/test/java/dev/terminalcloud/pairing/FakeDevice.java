package dev.terminalcloud.pairing;

import static org.awaitility.Awaitility.await;

import dev.terminalcloud.events.DeviceCommand.SessionCommand;
import dev.terminalcloud.events.DeviceCommand.ShowPairingCode;
import dev.terminalcloud.events.DeviceEvent;
import dev.terminalcloud.events.DeviceEvent.DeviceConnected;
import dev.terminalcloud.events.DeviceEvent.DeviceDisconnected;
import dev.terminalcloud.events.DeviceEvent.PairingCodeRequested;
import dev.terminalcloud.events.DeviceEvent.UnpairRequested;
import dev.terminalcloud.events.DeviceLifecycleEvent.DeviceChange;
import dev.terminalcloud.events.DeviceStatus;
import dev.terminalcloud.events.Topic;
import java.util.List;
import java.util.UUID;

/** A device as this service sees it: the events that its connector writes, and the commands that its sessions receive. */
public final class FakeDevice {
    private final KafkaJournal kafka;
    private final String id;
    private UUID session;

    FakeDevice(KafkaJournal kafka, String id) {
        this.kafka = kafka;
        this.id = id;
    }

    public String id() {
        return id;
    }

    /** Returns the session of the newest hello. */
    public UUID session() {
        return session;
    }

    /** Connects with a new session, to connector 0 in its first epoch. */
    public FakeDevice hello() {
        return hello(0, 1);
    }

    public FakeDevice hello(int connectorIndex, long epoch) {
        session = UUID.randomUUID();
        return say(connected(session, connectorIndex, epoch));
    }

    public DeviceConnected connected(UUID session, int connectorIndex, long epoch) {
        return new DeviceConnected(id, session, connectorIndex, epoch, "T100", "1.0", DeviceStatus.READY);
    }

    public FakeDevice disconnect(UUID session) {
        return say(new DeviceDisconnected(id, session, "CLOSED"));
    }

    public FakeDevice askForCode() {
        return say(new PairingCodeRequested(id, session));
    }

    public FakeDevice unpair(long pairingNumber) {
        return say(new UnpairRequested(id, session, pairingNumber));
    }

    public FakeDevice say(DeviceEvent event) {
        kafka.send(Topic.DEVICE_EVENTS, event);
        return this;
    }

    /** Asks for a code and waits for it. */
    public String freshCode() {
        int before = shown().size();
        askForCode();
        await().until(() -> shown().size() > before);
        return shown().get(before).code();
    }

    public List<ShowPairingCode> shown() {
        return commands(ShowPairingCode.class);
    }

    public <C extends SessionCommand> List<C> commands(Class<C> type) {
        return kafka.events(Topic.DEVICE_COMMANDS, id, type);
    }

    /** Returns the events about it on {@code device-lifecycle}. */
    public List<DeviceChange> lifecycle() {
        return kafka.events(Topic.DEVICE_LIFECYCLE, id, DeviceChange.class);
    }

    /** Waits for that many of them and returns the first ones. */
    public List<DeviceChange> lifecycle(int count) {
        await().until(() -> lifecycle().size() >= count);
        return lifecycle().subList(0, count);
    }

    /** Waits for that many commands of the type and returns the last of them. */
    public <C extends SessionCommand> C command(int number, Class<C> type) {
        await().until(() -> commands(type).size() >= number);
        return commands(type).get(number - 1);
    }
}
