package dev.terminalcloud.httpserver;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.netty.buffer.Unpooled;
import io.netty.handler.codec.http.DefaultFullHttpResponse;
import io.netty.handler.codec.http.FullHttpResponse;
import io.netty.handler.codec.http.HttpResponseStatus;
import io.netty.handler.codec.http.HttpVersion;
import io.netty.handler.codec.http.TooLongHttpHeaderException;
import io.netty.handler.codec.http.TooLongHttpLineException;

/**
 * The answer to a request that the codec of HTTP rejects: JSON, as each answer of the POS API, where Vert.x would send an empty
 * body.
 */
final class InvalidRequestAnswer {
    private InvalidRequestAnswer() {}

    static FullHttpResponse to(Throwable problem) {
        if (problem instanceof TooLongHttpLineException) {
            return answer(HttpResponseStatus.REQUEST_URI_TOO_LONG, "The request line is longer than 300000 bytes");
        }
        return problem instanceof TooLongHttpHeaderException
                ? answer(HttpResponseStatus.REQUEST_HEADER_FIELDS_TOO_LARGE, "The headers are larger than 16 KiB")
                : answer(HttpResponseStatus.BAD_REQUEST, "Malformed HTTP request");
    }

    private static FullHttpResponse answer(HttpResponseStatus status, String error) {
        byte[] body = "{\"error\":\"%s\"}".formatted(error).getBytes(UTF_8);
        FullHttpResponse response =
                new DefaultFullHttpResponse(HttpVersion.HTTP_1_1, status, Unpooled.wrappedBuffer(body));
        response.headers()
                .set("Content-Type", "application/json")
                .set("Content-Length", body.length)
                .set("Connection", "close")
                .set("Cache-Control", "no-store")
                .set("X-Content-Type-Options", "nosniff")
                .set("Access-Control-Allow-Origin", "*")
                .set("Access-Control-Expose-Headers", "Pairing-Token, Retry-After");
        return response;
    }
}
