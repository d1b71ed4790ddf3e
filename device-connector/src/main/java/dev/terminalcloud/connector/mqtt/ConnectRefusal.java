package dev.terminalcloud.connector.mqtt;

import static io.netty.handler.codec.mqtt.MqttConnectReturnCode.CONNECTION_REFUSED_CLIENT_IDENTIFIER_NOT_VALID;
import static io.netty.handler.codec.mqtt.MqttConnectReturnCode.CONNECTION_REFUSED_CONNECTION_RATE_EXCEEDED;
import static io.netty.handler.codec.mqtt.MqttConnectReturnCode.CONNECTION_REFUSED_IDENTIFIER_REJECTED;
import static io.netty.handler.codec.mqtt.MqttConnectReturnCode.CONNECTION_REFUSED_IMPLEMENTATION_SPECIFIC;
import static io.netty.handler.codec.mqtt.MqttConnectReturnCode.CONNECTION_REFUSED_NOT_AUTHORIZED;
import static io.netty.handler.codec.mqtt.MqttConnectReturnCode.CONNECTION_REFUSED_NOT_AUTHORIZED_5;
import static io.netty.handler.codec.mqtt.MqttConnectReturnCode.CONNECTION_REFUSED_PACKET_TOO_LARGE;
import static io.netty.handler.codec.mqtt.MqttConnectReturnCode.CONNECTION_REFUSED_QUOTA_EXCEEDED;
import static io.netty.handler.codec.mqtt.MqttConnectReturnCode.CONNECTION_REFUSED_SERVER_BUSY;
import static io.netty.handler.codec.mqtt.MqttConnectReturnCode.CONNECTION_REFUSED_SERVER_UNAVAILABLE;
import static io.netty.handler.codec.mqtt.MqttConnectReturnCode.CONNECTION_REFUSED_SERVER_UNAVAILABLE_5;
import static io.netty.handler.codec.mqtt.MqttConnectReturnCode.CONNECTION_REFUSED_TOPIC_NAME_INVALID;
import static io.netty.handler.codec.mqtt.MqttConnectReturnCode.CONNECTION_REFUSED_UNACCEPTABLE_PROTOCOL_VERSION;
import static io.netty.handler.codec.mqtt.MqttConnectReturnCode.CONNECTION_REFUSED_UNSUPPORTED_PROTOCOL_VERSION;

import io.netty.handler.codec.mqtt.MqttConnectReturnCode;
import io.netty.handler.codec.mqtt.MqttVersion;

/** Reason why a CONNECT is refused, with the return code of MQTT 3.1.1 and the reason code of MQTT 5. */
public enum ConnectRefusal {
    /** Neither MQTT 3.1.1 nor 5. */
    PROTOCOL_VERSION(CONNECTION_REFUSED_UNACCEPTABLE_PROTOCOL_VERSION, CONNECTION_REFUSED_UNSUPPORTED_PROTOCOL_VERSION),
    /** The client id is not a device id. */
    CLIENT_ID(CONNECTION_REFUSED_IDENTIFIER_REJECTED, CONNECTION_REFUSED_CLIENT_IDENTIFIER_NOT_VALID),
    /** The user name is not the client id, or the device is unknown or revoked, or the secret is wrong. */
    CREDENTIALS(CONNECTION_REFUSED_NOT_AUTHORIZED, CONNECTION_REFUSED_NOT_AUTHORIZED_5),
    /** The device asks for a persistent session. */
    PERSISTENT_SESSION(CONNECTION_REFUSED_NOT_AUTHORIZED, CONNECTION_REFUSED_IMPLEMENTATION_SPECIFIC),
    KEEP_ALIVE(CONNECTION_REFUSED_NOT_AUTHORIZED, CONNECTION_REFUSED_IMPLEMENTATION_SPECIFIC),
    WILL(CONNECTION_REFUSED_NOT_AUTHORIZED, CONNECTION_REFUSED_TOPIC_NAME_INVALID),
    /** The device accepts packets that are too small for {@link ConnackProperties}. */
    MAXIMUM_PACKET_SIZE(CONNECTION_REFUSED_NOT_AUTHORIZED, CONNECTION_REFUSED_PACKET_TOO_LARGE),
    TOO_MANY_CONNECTIONS(CONNECTION_REFUSED_SERVER_UNAVAILABLE, CONNECTION_REFUSED_SERVER_BUSY),
    /** Too many were refused before for {@link #CLIENT_ID} or {@link #CREDENTIALS}, so this one was not checked. */
    TOO_MANY_FAILURES(CONNECTION_REFUSED_SERVER_UNAVAILABLE, CONNECTION_REFUSED_CONNECTION_RATE_EXCEEDED),
    /** The device has an open session, and its sessions have ended each other too often. */
    TOO_MANY_TAKEOVERS(CONNECTION_REFUSED_SERVER_UNAVAILABLE, CONNECTION_REFUSED_QUOTA_EXCEEDED),
    /** The device has exceeded one of its budgets, and may connect again when its suspension is over. */
    SUSPENDED(CONNECTION_REFUSED_SERVER_UNAVAILABLE, CONNECTION_REFUSED_QUOTA_EXCEEDED),
    /** The connector is shutting down, knows no device at all, or an internal error is in the log. */
    UNAVAILABLE(CONNECTION_REFUSED_SERVER_UNAVAILABLE, CONNECTION_REFUSED_SERVER_UNAVAILABLE_5);

    private final MqttConnectReturnCode mqtt3;
    private final MqttConnectReturnCode mqtt5;

    ConnectRefusal(MqttConnectReturnCode mqtt3, MqttConnectReturnCode mqtt5) {
        this.mqtt3 = mqtt3;
        this.mqtt5 = mqtt5;
    }

    MqttConnectReturnCode code(int protocolVersion) {
        return protocolVersion >= MqttVersion.MQTT_5.protocolLevel() ? mqtt5 : mqtt3;
    }
}
