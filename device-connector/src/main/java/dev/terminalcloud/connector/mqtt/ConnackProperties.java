package dev.terminalcloud.connector.mqtt;

import static io.netty.handler.codec.mqtt.MqttProperties.MqttPropertyType.MAXIMUM_PACKET_SIZE;
import static io.netty.handler.codec.mqtt.MqttProperties.MqttPropertyType.MAXIMUM_QOS;
import static io.netty.handler.codec.mqtt.MqttProperties.MqttPropertyType.RECEIVE_MAXIMUM;
import static io.netty.handler.codec.mqtt.MqttProperties.MqttPropertyType.RETAIN_AVAILABLE;
import static io.netty.handler.codec.mqtt.MqttProperties.MqttPropertyType.SESSION_EXPIRY_INTERVAL;
import static io.netty.handler.codec.mqtt.MqttProperties.MqttPropertyType.SHARED_SUBSCRIPTION_AVAILABLE;
import static io.netty.handler.codec.mqtt.MqttProperties.MqttPropertyType.SUBSCRIPTION_IDENTIFIER_AVAILABLE;
import static io.netty.handler.codec.mqtt.MqttProperties.MqttPropertyType.WILDCARD_SUBSCRIPTION_AVAILABLE;

import dev.terminalcloud.connector.config.Limits;
import io.netty.handler.codec.mqtt.MqttProperties;
import io.netty.handler.codec.mqtt.MqttProperties.MqttPropertyType;

/** CONNACK properties for devices that speak MQTT 5: the limits of this server, so that their libraries can report them. */
final class ConnackProperties {
    /** Bytes of the CONNACK with these properties. */
    static final int PACKET_SIZE = 28;

    /** Bytes of a CONNACK without properties, which refuses a CONNECT. */
    static final int REFUSAL_SIZE = 5;

    private ConnackProperties() {}

    static MqttProperties properties(Limits limits) {
        MqttProperties properties = new MqttProperties();
        add(properties, SESSION_EXPIRY_INTERVAL, 0);
        add(properties, RECEIVE_MAXIMUM, limits.maxUnacknowledgedEvents());
        add(properties, MAXIMUM_PACKET_SIZE, limits.maxInboundPacketSize());
        add(properties, MAXIMUM_QOS, 1);
        add(properties, RETAIN_AVAILABLE, 0);
        add(properties, WILDCARD_SUBSCRIPTION_AVAILABLE, 0);
        add(properties, SUBSCRIPTION_IDENTIFIER_AVAILABLE, 0);
        add(properties, SHARED_SUBSCRIPTION_AVAILABLE, 0);
        return properties;
    }

    private static void add(MqttProperties properties, MqttPropertyType type, int value) {
        properties.add(new MqttProperties.IntegerProperty(type.value(), value));
    }
}
