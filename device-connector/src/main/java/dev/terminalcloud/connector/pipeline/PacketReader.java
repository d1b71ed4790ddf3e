package dev.terminalcloud.connector.pipeline;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.netty.buffer.ByteBuf;
import java.nio.charset.CharacterCodingException;

/**
 * Strict reader of the data types of MQTT (MQTT 5, section 1.5). It does not change the packet. Every method throws {@link
 * IndexOutOfBoundsException} if the packet ends before the value does.
 */
final class PacketReader {
    private static final int MAX_LENGTH_BYTES = 4;

    private final ByteBuf bytes;

    PacketReader(ByteBuf packet) {
        this.bytes = packet.slice();
    }

    boolean hasNext() {
        return bytes.isReadable();
    }

    int readByte() {
        return bytes.readUnsignedByte();
    }

    int readTwoBytes() {
        return bytes.readUnsignedShort();
    }

    long readFourBytes() {
        return bytes.readUnsignedInt();
    }

    int readVariableByteInteger() throws InvalidConnectException {
        int value = 0;
        for (int i = 0; i < MAX_LENGTH_BYTES; i++) {
            int digit = readByte();
            value |= (digit & 0x7f) << (7 * i);
            if (digit < 0x80) {
                return value;
            }
        }
        throw InvalidConnectException.malformed("Variable Byte Integer must not exceed four bytes");
    }

    /** Reads a text, which must be well-formed UTF-8 without U+0000. */
    String readText() throws InvalidConnectException {
        ByteBuf encoded = bytes.readSlice(readTwoBytes());
        try {
            String text = UTF_8.newDecoder().decode(encoded.nioBuffer()).toString();
            if (text.indexOf('\0') >= 0) {
                throw InvalidConnectException.malformed("UTF-8 string must not contain U+0000");
            }
            return text;
        } catch (CharacterCodingException e) {
            throw InvalidConnectException.malformed("UTF-8 string must be well-formed");
        }
    }

    void skipBinary() {
        bytes.skipBytes(readTwoBytes());
    }

    /** Reads the properties with their length before them. */
    PacketReader readProperties() throws InvalidConnectException {
        return new PacketReader(bytes.readSlice(readVariableByteInteger()));
    }
}
