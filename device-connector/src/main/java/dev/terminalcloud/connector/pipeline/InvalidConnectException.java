package dev.terminalcloud.connector.pipeline;

import static io.netty.handler.codec.mqtt.MqttConnectReturnCode.CONNECTION_REFUSED_BAD_AUTHENTICATION_METHOD;
import static io.netty.handler.codec.mqtt.MqttConnectReturnCode.CONNECTION_REFUSED_MALFORMED_PACKET;
import static io.netty.handler.codec.mqtt.MqttConnectReturnCode.CONNECTION_REFUSED_PROTOCOL_ERROR;

import io.netty.handler.codec.mqtt.MqttConnectReturnCode;

/** Thrown for a CONNECT that MQTT does not allow; the message has no value of the packet. */
final class InvalidConnectException extends Exception {
    private final PreConnectCloseReason reason;
    private final MqttConnectReturnCode code;

    private InvalidConnectException(PreConnectCloseReason reason, MqttConnectReturnCode code, String detail) {
        super(detail);
        this.reason = reason;
        this.code = code;
    }

    static InvalidConnectException malformed(String detail) {
        return new InvalidConnectException(
                PreConnectCloseReason.MALFORMED_CONNECT, CONNECTION_REFUSED_MALFORMED_PACKET, detail);
    }

    static InvalidConnectException protocolError(String detail) {
        return new InvalidConnectException(
                PreConnectCloseReason.CONNECT_PROTOCOL_ERROR, CONNECTION_REFUSED_PROTOCOL_ERROR, detail);
    }

    static InvalidConnectException authenticationMethod() {
        return new InvalidConnectException(
                PreConnectCloseReason.AUTHENTICATION_METHOD,
                CONNECTION_REFUSED_BAD_AUTHENTICATION_METHOD,
                "Authentication Method is not supported");
    }

    PreConnectCloseReason reason() {
        return reason;
    }

    /** Returns the CONNACK for a client that speaks MQTT 5: the reason code and no properties. */
    byte[] connack() {
        return new byte[] {0x20, 3, 0, code.byteValue(), 0};
    }
}
