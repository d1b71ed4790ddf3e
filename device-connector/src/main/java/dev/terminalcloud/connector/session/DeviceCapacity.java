package dev.terminalcloud.connector.session;

import static io.netty.handler.codec.mqtt.MqttProperties.MqttPropertyType.MAXIMUM_PACKET_SIZE;
import static io.netty.handler.codec.mqtt.MqttProperties.MqttPropertyType.RECEIVE_MAXIMUM;

import io.netty.handler.codec.mqtt.MqttProperties;

/**
 * The limits that a device announced in CONNECT (MQTT 5, sections 3.1.2.11.3 and 3.1.2.11.4); devices that speak MQTT 3.1.1
 * can't announce any.
 *
 * @param receiveMaximum messages that it accepts before it acknowledges one
 * @param maximumPacketSize bytes of a whole MQTT packet
 */
record DeviceCapacity(int receiveMaximum, long maximumPacketSize) {
    private static final int UNLIMITED_RECEIVE_MAXIMUM = 65_535;
    private static final long UNLIMITED_PACKET_SIZE = Integer.MAX_VALUE;
    private static final int PACKET_OVERHEAD = 1 + 4 + 2 + 2 + 1;

    static DeviceCapacity from(MqttProperties connect) {
        return new DeviceCapacity(
                (int) property(connect, RECEIVE_MAXIMUM.value(), UNLIMITED_RECEIVE_MAXIMUM),
                property(connect, MAXIMUM_PACKET_SIZE.value(), UNLIMITED_PACKET_SIZE));
    }

    /** Returns the payload bytes that fit into one PUBLISH: fixed header, topic, packet id and no properties take the rest. */
    long maxPayloadSize(String topic) {
        return maximumPacketSize - PACKET_OVERHEAD - topic.length();
    }

    private static long property(MqttProperties connect, int property, long unlimited) {
        return connect.getProperty(property) instanceof MqttProperties.IntegerProperty announced
                        && announced.value() > 0
                ? announced.value()
                : unlimited;
    }
}
