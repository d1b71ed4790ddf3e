package dev.terminalcloud.connector.mqtt;

import dev.terminalcloud.connector.budget.Budget;
import dev.terminalcloud.connector.pipeline.ByteBudgetException;
import dev.terminalcloud.connector.pipeline.SlowConsumerException;
import dev.terminalcloud.connector.session.CloseReason;
import dev.terminalcloud.connector.session.DeviceSession;
import dev.terminalcloud.connector.session.DeviceTopics;
import io.netty.handler.codec.TooLongFrameException;
import io.netty.handler.codec.mqtt.MqttProperties;
import io.netty.handler.codec.mqtt.MqttQoS;
import io.vertx.core.Handler;
import io.vertx.mqtt.MqttEndpoint;
import io.vertx.mqtt.MqttTopicSubscription;
import io.vertx.mqtt.messages.MqttPublishMessage;
import io.vertx.mqtt.messages.MqttSubscribeMessage;
import io.vertx.mqtt.messages.codes.MqttSubAckReasonCode;
import java.io.IOException;
import java.util.List;

/**
 * Handles the packets of an accepted connection for its session: it allows one subscription, one topic to publish to, QoS 1,
 * and nothing else.
 */
final class DevicePacketHandler {
    private final MqttEndpoint endpoint;
    private final DeviceSession session;
    private final String commands;
    private final String events;

    private DevicePacketHandler(MqttEndpoint endpoint, DeviceSession session) {
        this.endpoint = endpoint;
        this.session = session;
        this.commands = DeviceTopics.commands(session.identity().deviceId());
        this.events = DeviceTopics.events(session.identity().deviceId());
    }

    /** Passes to the session, from now on, what the device sends and the end of the connection. */
    static void attach(MqttEndpoint endpoint, DeviceSession session) {
        DevicePacketHandler packets = new DevicePacketHandler(endpoint, session);
        endpoint.subscribeHandler(packets.inSession(packets::subscribe))
                .unsubscribeHandler(packets.inSession(unused -> session.end(CloseReason.NOT_SUBSCRIBED)))
                .publishHandler(packets.inSession(packets::publish))
                .publishAcknowledgeHandler(packets.inSession(session::acknowledged))
                .publishReceivedHandler(packets.inSession(unused -> session.end(CloseReason.QOS_REFUSED)))
                .publishReleaseHandler(packets.inSession(unused -> session.end(CloseReason.QOS_REFUSED)))
                .publishCompletionHandler(packets.inSession(unused -> session.end(CloseReason.QOS_REFUSED)))
                .pingHandler(packets.inSession(unused -> {}))
                .disconnectHandler(unused -> session.deviceDisconnected())
                .closeHandler(unused -> session.connectionLost())
                .exceptionHandler(packets::failed);
    }

    private <T> Handler<T> inSession(Handler<T> handler) {
        return packet -> session.onPacket(() -> handler.handle(packet));
    }

    private void subscribe(MqttSubscribeMessage packet) {
        List<MqttTopicSubscription> topics = packet.topicSubscriptions();
        if (topics.size() != 1 || !topics.get(0).topicName().equals(commands)) {
            session.end(CloseReason.TOPIC_REFUSED);
        } else if (topics.get(0).qualityOfService() != MqttQoS.AT_LEAST_ONCE) {
            session.end(CloseReason.QOS_REFUSED);
        } else {
            session.subscribed();
            endpoint.subscribeAcknowledge(
                    packet.messageId(), List.of(MqttSubAckReasonCode.GRANTED_QOS1), MqttProperties.NO_PROPERTIES);
        }
    }

    private void publish(MqttPublishMessage packet) {
        if (!packet.topicName().equals(events)) {
            session.end(CloseReason.TOPIC_REFUSED);
        } else if (packet.qosLevel() != MqttQoS.AT_LEAST_ONCE) {
            session.end(CloseReason.QOS_REFUSED);
        } else if (packet.isRetain()) {
            session.end(CloseReason.RETAINED_MESSAGE_REFUSED);
        } else {
            session.receive(packet.messageId(), packet.payload().getBytes());
        }
    }

    private void failed(Throwable failure) {
        if (failure instanceof IOException) {
            session.connectionLost();
        } else if (failure instanceof SlowConsumerException) {
            session.end(CloseReason.WRITE_TIMEOUT);
        } else if (failure instanceof ByteBudgetException) {
            session.budget().exceeded(Budget.BYTES);
        } else if (failure instanceof TooLongFrameException) {
            session.end(CloseReason.PACKET_TOO_LARGE);
        } else {
            session.end(CloseReason.MALFORMED_PACKET);
        }
    }
}
