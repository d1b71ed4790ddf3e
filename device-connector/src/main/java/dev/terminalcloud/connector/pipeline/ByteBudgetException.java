package dev.terminalcloud.connector.pipeline;

import io.netty.handler.codec.DecoderException;

/** The device sent more bytes a second than its budget allows. */
public final class ByteBudgetException extends DecoderException {
    private static final long serialVersionUID = 1L;

    ByteBudgetException() {
        super("Byte budget exceeded");
    }
}
