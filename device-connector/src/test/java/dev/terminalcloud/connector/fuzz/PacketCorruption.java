package dev.terminalcloud.connector.fuzz;

import io.vertx.core.buffer.Buffer;
import java.util.random.RandomGenerator;

/** A way to corrupt one packet. */
enum PacketCorruption {
    AS_IT_IS,
    OTHER_FLAGS,
    OTHER_TYPE,
    LENGTH_TOO_SMALL,
    LENGTH_TOO_GREAT,
    LENGTH_OF_FIVE_BYTES,
    LENGTH_NOT_MINIMAL,
    LENGTH_WITHOUT_END,
    TRUNCATED,
    EMPTY,
    RANDOM_REST,
    INVALID_UTF8,
    NUL,
    LARGER_THAN_ALLOWED,
    UNKNOWN_PROPERTY,
    PROPERTY_TWICE,
    PROPERTIES_WITHOUT_END;

    private static final int MAX_LENGTH = 268_435_455;
    private static final int MORE_THAN_ALLOWED = 65_600;
    /** Receive Maximum, see MQTT 5, section 3.1.2.11.3. */
    private static final Buffer RECEIVE_MAXIMUM = Packet.bytes(0x21, 0, 1);

    Buffer corrupt(Packet packet, RandomGenerator random) {
        Buffer rest = packet.rest();
        int length = rest.length();
        return switch (this) {
            case AS_IT_IS -> packet.bytes();
            case OTHER_FLAGS -> with(packet.firstByte() ^ random.nextInt(1, 16), rest);
            case OTHER_TYPE -> with(packet.firstByte() ^ (random.nextInt(1, 16) << 4), rest);
            case LENGTH_TOO_SMALL -> with(packet, Packet.length(random.nextInt(length + 1)), rest);
            case LENGTH_TOO_GREAT -> with(packet, Packet.length(length + random.nextInt(1, 300)), rest);
            case LENGTH_OF_FIVE_BYTES -> with(packet, Packet.bytes(0xff, 0xff, 0xff, 0xff, 0x01), rest);
            case LENGTH_NOT_MINIMAL -> with(packet, Packet.bytes(length | 0x80, (length >> 7) | 0x80, 0), rest);
            case LENGTH_WITHOUT_END -> with(packet, Packet.bytes(0xff, 0xff), Buffer.buffer());
            case TRUNCATED -> packet.bytes().slice(0, random.nextInt(1, length + 2));
            case EMPTY -> with(packet.firstByte(), Buffer.buffer());
            case RANDOM_REST -> with(packet.firstByte(), randomBytes(length, random));
            case INVALID_UTF8 -> withByte(packet, 0xff, random);
            case NUL -> withByte(packet, 0, random);
            case LARGER_THAN_ALLOWED ->
                with(packet, Packet.length(MAX_LENGTH), rest.copy().appendBytes(new byte[MORE_THAN_ALLOWED]));
            case UNKNOWN_PROPERTY -> withProperties(packet, Packet.bytes(0x7f, random.nextInt(256)));
            case PROPERTY_TWICE -> withProperties(packet, RECEIVE_MAXIMUM.copy().appendBuffer(RECEIVE_MAXIMUM));
            case PROPERTIES_WITHOUT_END -> withProperties(packet, Packet.bytes(0x26, 0xff, 0xff, 'a'));
        };
    }

    private static Buffer with(int firstByte, Buffer rest) {
        return new Packet("", firstByte, rest, -1).bytes();
    }

    private static Buffer with(Packet packet, Buffer length, Buffer rest) {
        return Packet.bytes(packet.firstByte()).appendBuffer(length).appendBuffer(rest);
    }

    private static Buffer withByte(Packet packet, int value, RandomGenerator random) {
        Buffer rest = packet.rest().copy();
        if (rest.length() > 0) {
            rest.setByte(random.nextInt(rest.length()), (byte) value);
        }
        return with(packet.firstByte(), rest);
    }

    /** Sets the properties; in a packet without properties they are excess bytes. */
    private static Buffer withProperties(Packet packet, Buffer properties) {
        int at = packet.propertiesAt();
        if (at < 0) {
            return with(packet.firstByte(), packet.rest().copy().appendBuffer(properties));
        }
        return with(
                packet.firstByte(),
                packet.rest()
                        .getBuffer(0, at)
                        .appendBuffer(Packet.length(properties.length()))
                        .appendBuffer(properties)
                        .appendBuffer(
                                packet.rest().getBuffer(at + 1, packet.rest().length())));
    }

    private static Buffer randomBytes(int length, RandomGenerator random) {
        byte[] bytes = new byte[length];
        random.nextBytes(bytes);
        return Buffer.buffer(bytes);
    }
}
