package dev.terminalcloud.connector.session;

import static org.assertj.core.api.Assertions.assertThat;

import io.netty.handler.codec.mqtt.MqttProperties;
import io.netty.handler.codec.mqtt.MqttProperties.IntegerProperty;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class DeviceCapacityTest {
    private static final int RECEIVE_MAXIMUM = 0x21;
    private static final int MAXIMUM_PACKET_SIZE = 0x27;
    private static final String TOPIC = "devices/70000001/commands";

    /** Sizes at which the length of a packet takes one byte more: there a size is skipped. */
    @ParameterizedTest
    @CsvSource({
        "40, 8",
        "129, 97",
        "130, 97",
        "131, 98",
        "16386, 16353",
        "16387, 16353",
        "16388, 16354",
        "2097155, 2097121",
        "2097156, 2097121",
        "2097157, 2097122",
        "268435460, 268435425",
    })
    void publishOfExactlyTheMaximumPacketSizeIsAccepted(int maximumPacketSize, int payload) {
        DeviceCapacity capacity = DeviceCapacity.from(announced(MAXIMUM_PACKET_SIZE, maximumPacketSize));

        assertThat(capacity.acceptsPublish(TOPIC, payload)).isTrue();
        assertThat(capacity.acceptsPublish(TOPIC, payload + 1)).isFalse();
    }

    @Test
    void maximumPacketSizeIsUnsigned() {
        DeviceCapacity capacity = DeviceCapacity.from(announced(MAXIMUM_PACKET_SIZE, -1));

        assertThat(capacity.maximumPacketSize()).isEqualTo(4_294_967_295L);
        assertThat(capacity.acceptsPublish(TOPIC, 262_144)).isTrue();
    }

    @Test
    void nothingAnnouncedIsUnlimited() {
        DeviceCapacity capacity = DeviceCapacity.from(MqttProperties.NO_PROPERTIES);

        assertThat(capacity.receiveMaximum()).isEqualTo(65_535);
        assertThat(capacity.acceptsPacket(Long.MAX_VALUE)).isTrue();
    }

    @Test
    void receiveMaximumIsWhatTheDeviceAnnounced() {
        assertThat(DeviceCapacity.from(announced(RECEIVE_MAXIMUM, 1)).receiveMaximum())
                .isEqualTo(1);
    }

    private static MqttProperties announced(int property, int value) {
        MqttProperties properties = new MqttProperties();
        properties.add(new IntegerProperty(property, value));
        return properties;
    }
}
