package dev.terminalcloud.certification.device.cloud;

import static java.nio.charset.StandardCharsets.UTF_8;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.terminalcloud.certification.device.cloud.TraceEntry.Acknowledged;
import dev.terminalcloud.certification.device.cloud.TraceEntry.CommandSent;
import dev.terminalcloud.certification.device.cloud.TraceEntry.Connected;
import dev.terminalcloud.certification.device.cloud.TraceEntry.Disconnected;
import dev.terminalcloud.certification.device.cloud.TraceEntry.MessageReceived;
import dev.terminalcloud.certification.device.cloud.TraceEntry.Subscribed;
import io.netty.handler.codec.mqtt.MqttQoS;
import io.vertx.core.buffer.Buffer;
import io.vertx.mqtt.MqttEndpoint;
import io.vertx.mqtt.messages.MqttPublishMessage;
import io.vertx.mqtt.messages.MqttSubscribeMessage;
import java.io.IOException;
import java.time.Clock;
import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;
import java.util.function.Predicate;

/** One connection of the device, from CONNECT to its end. All methods are called on the event loop. */
final class DeviceConnection {
    private static final JsonMapper JSON = JsonMapper.builder().build();
    private static final int MESSAGE_IDS = 65_535;

    private final int number;
    private final MqttEndpoint endpoint;
    private final Identity identity;
    private final Trace trace;
    private final Clock clock;
    private boolean open = true;
    private boolean unacknowledged;
    private boolean disconnect;
    private int commands;

    DeviceConnection(int number, MqttEndpoint endpoint, Identity identity, Trace trace, Clock clock) {
        this.number = number;
        this.endpoint = endpoint;
        this.identity = identity;
        this.trace = trace;
        this.clock = clock;
    }

    /**
     * Accepts the device.
     *
     * @param withheld returns true if a message of this type must not be acknowledged
     * @param onHello called after each hello and its acknowledgement
     */
    void begin(boolean overWebSocket, Predicate<String> withheld, Consumer<DeviceConnection> onHello) {
        trace.add(new Connected(
                clock.instant(),
                number,
                endpoint.clientIdentifier(),
                endpoint.protocolVersion(),
                overWebSocket,
                endpoint.isCleanSession(),
                endpoint.keepAliveTimeSeconds(),
                endpoint.will().isWillFlag()));
        endpoint.subscribeHandler(this::subscribe)
                .publishHandler(message -> publish(message, withheld, onHello))
                .publishAcknowledgeHandler(id -> trace.add(new Acknowledged(clock.instant(), number, id)))
                .disconnectHandler(unused -> disconnect = true)
                .closeHandler(unused -> ended())
                .exceptionHandler(failure -> drop());
        endpoint.accept(false);
    }

    boolean isOpen() {
        return open;
    }

    /** Returns whether the acknowledgement of a message on it is withheld. */
    boolean isUnacknowledged() {
        return unacknowledged;
    }

    /** Sends a command, and returns whether the connection was open. */
    boolean send(ObjectNode command) {
        if (!endpoint.isConnected()) {
            ended();
        }
        if (!open) {
            return false;
        }
        commands = commands % MESSAGE_IDS + 1;
        trace.add(new CommandSent(clock.instant(), number, commands, command));
        endpoint.publish(
                identity.commands(), Buffer.buffer(command.toString()), MqttQoS.AT_LEAST_ONCE, false, false, commands);
        return true;
    }

    void drop() {
        if (open && endpoint.isConnected()) {
            endpoint.close();
        }
        ended();
    }

    private void ended() {
        if (open) {
            open = false;
            trace.add(new Disconnected(clock.instant(), number, disconnect));
        }
    }

    private void subscribe(MqttSubscribeMessage packet) {
        List<String> topics = packet.topicSubscriptions().stream()
                .map(topic -> topic.topicName() + " " + topic.qualityOfService().value())
                .toList();
        trace.add(new Subscribed(clock.instant(), number, topics, topics.equals(List.of(identity.commands() + " 1"))));
        endpoint.subscribeAcknowledge(
                packet.messageId(),
                packet.topicSubscriptions().stream()
                        .map(topic -> MqttQoS.AT_LEAST_ONCE)
                        .toList());
    }

    private void publish(MqttPublishMessage packet, Predicate<String> withheld, Consumer<DeviceConnection> onHello) {
        boolean valid = packet.topicName().equals(identity.events())
                && packet.qosLevel() == MqttQoS.AT_LEAST_ONCE
                && !packet.isRetain();
        byte[] payload = packet.payload().getBytes();
        MessageReceived message =
                new MessageReceived(clock.instant(), number, packet.topicName(), valid, payload.length, read(payload));
        trace.add(message);
        unacknowledged |= withheld.test(message.type());
        if (!unacknowledged && packet.qosLevel() == MqttQoS.AT_LEAST_ONCE) {
            endpoint.publishAcknowledge(packet.messageId());
        }
        if (message.type().equals("hello")) {
            onHello.accept(this);
        }
    }

    private static Optional<ObjectNode> read(byte[] payload) {
        try {
            JsonNode tree = JSON.readTree(new String(payload, UTF_8));
            return tree instanceof ObjectNode object ? Optional.of(object) : Optional.empty();
        } catch (IOException e) {
            return Optional.empty();
        }
    }
}
