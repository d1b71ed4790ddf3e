package dev.terminalcloud.benchmark.attack;

import static java.nio.charset.StandardCharsets.US_ASCII;

import java.io.IOException;
import java.io.OutputStream;
import java.net.Socket;
import java.net.URI;
import java.util.function.Supplier;

/** A client that sends one request after the other, each on a connection of its own, and reads each answer to its end. */
final class HttpRequestClient implements AttackClient {
    private final URI gateway;
    private final Supplier<byte[]> request;

    /** @param request returns the bytes of the next request */
    HttpRequestClient(URI gateway, Supplier<byte[]> request) {
        this.gateway = gateway;
        this.request = request;
    }

    /** Returns a request whose answer closes the connection. */
    static byte[] request(String method, String path, String contentType, String body) {
        return "%s %s HTTP/1.1\r\nHost: attack\r\nConnection: close\r\nContent-Type: %s\r\nContent-Length: %d\r\n\r\n%s"
                .formatted(method, path, contentType, body.length(), body)
                .getBytes(US_ASCII);
    }

    @Override
    public void step() throws IOException {
        try (Socket open = AttackTarget.connect(gateway)) {
            open.getOutputStream().write(request.get());
            long unused = open.getInputStream().transferTo(OutputStream.nullOutputStream());
        }
    }
}
