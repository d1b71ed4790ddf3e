package dev.terminalcloud.connector.session;

import static io.netty.handler.codec.mqtt.MqttProperties.MqttPropertyType.MAXIMUM_PACKET_SIZE;
import static io.netty.handler.codec.mqtt.MqttProperties.MqttPropertyType.RECEIVE_MAXIMUM;

import io.netty.handler.codec.mqtt.MqttProperties;
import io.netty.handler.codec.mqtt.MqttProperties.MqttPropertyType;
import io.vertx.mqtt.MqttEndpoint;
import java.util.OptionalLong;

/**
 * The limits that a device announced in CONNECT (MQTT 5, sections 3.1.2.11.3 and 3.1.2.11.4); devices that speak MQTT 3.1.1
 * can't announce any.
 *
 * @param receiveMaximum messages that it accepts before it acknowledges one
 * @param maximumPacketSize bytes of a whole MQTT packet
 */
public record DeviceCapacity(int receiveMaximum, long maximumPacketSize) {
    private static final int UNLIMITED_RECEIVE_MAXIMUM = 65_535;

    /** Bytes of a PUBLISH beside topic and payload: length of the topic, packet id and an empty list of properties. */
    private static final int PUBLISH_OVERHEAD = 2 + 2 + 1;

    public static DeviceCapacity of(MqttEndpoint endpoint) {
        return from(endpoint.connectProperties());
    }

    static DeviceCapacity from(MqttProperties connect) {
        return new DeviceCapacity(
                (int) announced(connect, RECEIVE_MAXIMUM).orElse(UNLIMITED_RECEIVE_MAXIMUM),
                announced(connect, MAXIMUM_PACKET_SIZE).orElse(Long.MAX_VALUE));
    }

    /** Returns whether the device accepts a packet of that size, all of its bytes counted. */
    public boolean acceptsPacket(long size) {
        return size <= maximumPacketSize;
    }

    /** Returns whether the device accepts a PUBLISH of QoS 1 without properties. */
    boolean acceptsPublish(String topic, int payloadSize) {
        long remainingLength = (long) PUBLISH_OVERHEAD + topic.length() + payloadSize;
        return acceptsPacket(1 + lengthBytes(remainingLength) + remainingLength);
    }

    /** Returns the bytes of a length in the encoding of MQTT, seven bits a byte. */
    private static int lengthBytes(long length) {
        int bytes = 1;
        for (long left = length >> 7; left > 0; left >>= 7) {
            bytes++;
        }
        return bytes;
    }

    private static OptionalLong announced(MqttProperties connect, MqttPropertyType property) {
        return connect.getProperty(property.value()) instanceof MqttProperties.IntegerProperty announced
                ? OptionalLong.of(Integer.toUnsignedLong(announced.value()))
                : OptionalLong.empty();
    }
}
