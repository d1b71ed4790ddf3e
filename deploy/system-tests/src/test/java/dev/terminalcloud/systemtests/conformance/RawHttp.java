package dev.terminalcloud.systemtests.conformance;

import static java.nio.charset.StandardCharsets.UTF_8;

import dev.terminalcloud.virtualregister.Answer;
import java.io.IOException;
import java.net.InetAddress;
import java.net.Socket;
import java.net.URI;
import java.net.http.HttpHeaders;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.stream.Collectors;
import javax.net.ssl.SSLSocketFactory;

/** HTTP as no regular client sends it: all bytes are sent unchanged. */
final class RawHttp {
    private static final int TIME_OUT_MILLISECONDS = 120_000;

    private RawHttp() {}

    /** Sends a POST without a body to this target on the URI's server. */
    static Answer posts(URI server, String target) throws IOException {
        return sends(server, "POST " + target, "Content-Length: 0\r\n");
    }

    /** Sends a GET with the mandatory headers only. */
    static Answer gets(URI url) throws IOException {
        return sends(url, "GET " + url.getRawPath() + "?" + url.getRawQuery(), "");
    }

    /** Sends a POST of a form; the client disconnects when the socket is closed. */
    static Socket beginsToPost(URI url, String form) throws IOException {
        Socket socket = connect(url);
        byte[] body = form.getBytes(UTF_8);
        String head = "POST " + url.getRawPath() + " HTTP/1.1\r\nHost: " + url.getAuthority()
                + "\r\nContent-Type: application/x-www-form-urlencoded\r\nContent-Length: " + body.length + "\r\n\r\n";
        socket.getOutputStream().write(head.getBytes(UTF_8));
        socket.getOutputStream().write(body);
        socket.getOutputStream().flush();
        return socket;
    }

    /** Sends a PUT without a body, with these headers, from an address of this machine. */
    static Answer puts(URI url, String query, String headers, Optional<InetAddress> from) throws IOException {
        String request = "PUT " + url.getRawPath() + "?" + query;
        return sends(url, request, headers + "Content-Length: 0\r\n", from);
    }

    private static Answer sends(URI server, String request, String headers) throws IOException {
        return sends(server, request, headers, Optional.empty());
    }

    private static Answer sends(URI server, String request, String headers, Optional<InetAddress> from)
            throws IOException {
        try (Socket socket = from.isPresent() ? connect(server, from.get()) : connect(server)) {
            socket.setSoTimeout(TIME_OUT_MILLISECONDS);
            String head = request + " HTTP/1.1\r\nHost: " + server.getAuthority() + "\r\n" + headers
                    + "Connection: close\r\n\r\n";
            socket.getOutputStream().write(head.getBytes(UTF_8));
            socket.getOutputStream().flush();
            return answer(new String(socket.getInputStream().readAllBytes(), UTF_8));
        }
    }

    private static Socket connect(URI server, InetAddress from) throws IOException {
        return new Socket(InetAddress.getLoopbackAddress(), server.getPort(), from, 0);
    }

    private static Socket connect(URI server) throws IOException {
        boolean encrypted = "https".equals(server.getScheme());
        int standardPort = encrypted ? 443 : 80;
        int port = server.getPort() < 0 ? standardPort : server.getPort();
        return encrypted
                ? SSLSocketFactory.getDefault().createSocket(server.getHost(), port)
                : new Socket(server.getHost(), port);
    }

    private static Answer answer(String text) {
        String[] headAndBody = text.split("\r\n\r\n", 2);
        List<String> lines = Arrays.asList(headAndBody[0].split("\r\n", -1));
        Map<String, List<String>> headers = lines.stream()
                .skip(1)
                .map(line -> line.split(": *", 2))
                .collect(Collectors.groupingBy(
                        line -> line[0], TreeMap::new, Collectors.mapping(line -> line[1], Collectors.toList())));
        int status = Integer.parseInt(lines.get(0).split(" ", 3)[1]);
        boolean chunked = text.toLowerCase(Locale.ROOT).contains("transfer-encoding: chunked");
        String body = chunked ? headAndBody[1].replaceAll("(^|\r\n)[0-9a-fA-F]+\r\n|\r\n$", "") : headAndBody[1];
        return new Answer(status, HttpHeaders.of(headers, (name, value) -> true), body);
    }
}
