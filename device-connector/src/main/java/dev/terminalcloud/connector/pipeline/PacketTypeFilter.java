package dev.terminalcloud.connector.pipeline;

import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelInboundHandlerAdapter;
import io.netty.handler.codec.DecoderException;
import io.netty.handler.codec.mqtt.MqttMessage;
import io.netty.handler.codec.mqtt.MqttPubReplyMessageVariableHeader;
import io.netty.handler.codec.mqtt.MqttReasonCodeAndPropertiesVariableHeader;
import io.netty.util.ReferenceCountUtil;
import io.vertx.mqtt.messages.codes.MqttDisconnectReasonCode;
import io.vertx.mqtt.messages.codes.MqttPubAckReasonCode;
import io.vertx.mqtt.messages.codes.MqttPubCompReasonCode;
import io.vertx.mqtt.messages.codes.MqttPubRecReasonCode;
import io.vertx.mqtt.messages.codes.MqttPubRelReasonCode;

/**
 * Passes on the packets that a client may send. Any other packet closes the connection: vertx-mqtt would ignore it without
 * releasing its memory, or lose the session of the connection.
 */
final class PacketTypeFilter extends ChannelInboundHandlerAdapter {
    private boolean connected;
    private int count;

    /** The reason codes of a type of packet: fails with {@link IllegalArgumentException} for any other code. */
    private interface ReasonCodes {
        Object valueOf(byte code);
    }

    /** Returns the number of packets received so far, rejected ones included. */
    int count() {
        return count;
    }

    @Override
    public void channelRead(ChannelHandlerContext context, Object message) {
        count++;
        if (message instanceof MqttMessage packet && isAllowed(packet)) {
            context.fireChannelRead(packet);
        } else {
            ReferenceCountUtil.release(message);
            context.fireExceptionCaught(new DecoderException("Packet type not allowed"));
        }
    }

    private boolean isAllowed(MqttMessage packet) {
        if (packet.decoderResult().isFailure()) {
            return !connected;
        }
        return switch (packet.fixedHeader().messageType()) {
            case CONNECT -> isFirst();
            case PUBLISH, SUBSCRIBE, UNSUBSCRIBE, PINGREQ -> true;
            case PUBACK -> hasOneOf(MqttPubAckReasonCode::valueOf, packet);
            case PUBREC -> hasOneOf(MqttPubRecReasonCode::valueOf, packet);
            case PUBREL -> hasOneOf(MqttPubRelReasonCode::valueOf, packet);
            case PUBCOMP -> hasOneOf(MqttPubCompReasonCode::valueOf, packet);
            case DISCONNECT -> hasOneOf(MqttDisconnectReasonCode::valueOf, packet);
            case CONNACK, SUBACK, UNSUBACK, PINGRESP, AUTH -> false;
        };
    }

    private boolean isFirst() {
        boolean first = !connected;
        connected = true;
        return first;
    }

    private static boolean hasOneOf(ReasonCodes codes, MqttMessage packet) {
        try {
            return codes.valueOf(reasonCode(packet.variableHeader())) != null;
        } catch (IllegalArgumentException e) {
            return false;
        }
    }

    private static byte reasonCode(Object header) {
        return header instanceof MqttReasonCodeAndPropertiesVariableHeader disconnect
                ? disconnect.reasonCode()
                : ((MqttPubReplyMessageVariableHeader) header).reasonCode();
    }
}
