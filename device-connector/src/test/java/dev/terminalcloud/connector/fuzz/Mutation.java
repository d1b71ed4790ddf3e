package dev.terminalcloud.connector.fuzz;

import io.vertx.core.buffer.Buffer;
import java.util.random.RandomGenerator;

/** A change to some bytes. */
enum Mutation {
    OTHER_BIT,
    OTHER_BYTE,
    BYTES_MISSING,
    BYTES_MORE,
    BYTES_TWICE,
    CUT_OFF;

    private static final int MAX_BYTES = 60;

    Buffer of(Buffer original, RandomGenerator random) {
        if (original.length() == 0) {
            return original;
        }
        Buffer bytes = original.copy();
        int at = random.nextInt(bytes.length());
        int end = Math.min(bytes.length(), at + random.nextInt(1, MAX_BYTES));
        return switch (this) {
            case OTHER_BIT -> bytes.setByte(at, (byte) (bytes.getByte(at) ^ (1 << random.nextInt(8))));
            case OTHER_BYTE -> bytes.setByte(at, (byte) random.nextInt(256));
            case BYTES_MISSING -> joined(bytes, at, Buffer.buffer(), end);
            case BYTES_MORE -> joined(bytes, at, noise(end - at, random), at);
            case BYTES_TWICE -> joined(bytes, end, bytes.getBuffer(at, end), end);
            case CUT_OFF -> bytes.getBuffer(0, at);
        };
    }

    private static Buffer joined(Buffer bytes, int headEnd, Buffer between, int tailBegin) {
        return bytes.getBuffer(0, headEnd)
                .appendBuffer(between)
                .appendBuffer(bytes.getBuffer(tailBegin, bytes.length()));
    }

    private static Buffer noise(int length, RandomGenerator random) {
        byte[] noise = new byte[length];
        random.nextBytes(noise);
        return Buffer.buffer(noise);
    }
}
