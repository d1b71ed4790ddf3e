package dev.terminalcloud.httpserver;

import static dev.terminalcloud.httpserver.CloseReason.BODY_TIMEOUT;
import static dev.terminalcloud.httpserver.CloseReason.HEAD_TIMEOUT;
import static dev.terminalcloud.httpserver.CloseReason.TOO_MANY_BYTES;
import static dev.terminalcloud.httpserver.CloseReason.TOO_MANY_REQUESTS;
import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static java.util.concurrent.TimeUnit.MILLISECONDS;
import static org.assertj.core.api.Assertions.assertThat;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import io.netty.channel.embedded.EmbeddedChannel;
import io.netty.handler.codec.http.DefaultFullHttpResponse;
import io.netty.handler.codec.http.HttpDecoderConfig;
import io.netty.handler.codec.http.HttpRequestDecoder;
import io.netty.handler.codec.http.HttpResponseEncoder;
import io.netty.handler.codec.http.HttpResponseStatus;
import io.netty.handler.codec.http.HttpVersion;
import java.time.Duration;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** The time of the connections stands still and is advanced by the tests. */
class IncompleteRequestsTest {
    private static final String HEAD = "POST / HTTP/1.1\r\nContent-Length: 4\r\n\r\n";
    private static final IncompleteRequestLimits LIMITS =
            new IncompleteRequestLimits(Duration.ofSeconds(30), Duration.ofSeconds(60), Duration.ofMinutes(5), 3, 1000);

    private final IncompleteRequests requests = new IncompleteRequests(LIMITS);

    @Test
    void requestThatIsCompleteIsNoLongerCounted() {
        EmbeddedChannel client = connection();
        send(client, HEAD + "ab");
        assertThat(requests.count()).isEqualTo(1);
        assertThat(requests.bytes()).isEqualTo(HEAD.length() + 2);

        send(client, "cd");
        assertThat(requests.count()).isZero();
        assertThat(requests.bytes()).isZero();
    }

    @ParameterizedTest
    @ValueSource(strings = {"P", "POST / HTTP/1.1\r\nHost:", "POST / HTTP/1.1\r\nHost: x\r\n"})
    void slowHeadCostsTheConnectionEvenIfItTrickles(String begun) {
        EmbeddedChannel client = connection();
        send(client, begun);
        pass(client, LIMITS.head().minusMillis(1));
        send(client, "x");
        assertThat(client.isOpen()).isTrue();

        pass(client, Duration.ofMillis(1));
        assertThat(client.isOpen()).isFalse();
        assertThat(requests.closed(HEAD_TIMEOUT)).isEqualTo(1);
        assertThat(requests.count()).isZero();
    }

    @Test
    void slowBodyCostsTheConnectionEvenIfItTrickles() {
        EmbeddedChannel client = connection();
        send(client, HEAD);
        pass(client, LIMITS.body().minusMillis(1));
        send(client, "abc");
        assertThat(client.isOpen()).isTrue();

        pass(client, Duration.ofMillis(1));
        assertThat(client.isOpen()).isFalse();
        assertThat(requests.closed(BODY_TIMEOUT)).isEqualTo(1);
    }

    @Test
    void bodyThatIsAnsweredBeforeItsEndTimesOutToo() {
        EmbeddedChannel client = connection();
        send(client, HEAD);
        answer(client, HttpResponseStatus.NOT_FOUND);
        pass(client, LIMITS.body());
        assertThat(client.isOpen()).isFalse();
    }

    @Test
    void requestIsHeldWithoutATimeout() {
        EmbeddedChannel client = connection();
        send(client, HEAD + "abcd");
        pass(client, LIMITS.idle().multipliedBy(10));
        assertThat(client.isOpen()).isTrue();

        answer(client, HttpResponseStatus.CONTINUE);
        pass(client, LIMITS.idle().multipliedBy(10));
        assertThat(client.isOpen()).isTrue();
    }

    @ParameterizedTest
    @ValueSource(ints = {0, 1, 3})
    void idleConnectionIsClosed(int exchanges) {
        EmbeddedChannel client = connection();
        for (int i = 0; i < exchanges; i++) {
            pass(client, LIMITS.idle().minusMillis(1));
            send(client, HEAD + "abcd");
            answer(client, HttpResponseStatus.OK);
        }
        pass(client, LIMITS.idle().minusMillis(1));
        assertThat(client.isOpen()).isTrue();

        pass(client, Duration.ofMillis(1));
        assertThat(client.isOpen()).isFalse();
    }

    @Test
    void pipelinedRequestsAreHeldUntilTheLastIsAnswered() {
        EmbeddedChannel client = connection();
        send(client, HEAD + "abcd" + HEAD + "abcd");
        answer(client, HttpResponseStatus.OK);
        pass(client, LIMITS.idle().multipliedBy(2));
        assertThat(client.isOpen()).isTrue();

        answer(client, HttpResponseStatus.OK);
        pass(client, LIMITS.idle());
        assertThat(client.isOpen()).isFalse();
    }

    @Test
    void oldestOfTooManyRequestsIsClosed() {
        EmbeddedChannel[] clients =
                IntStream.range(0, 4).mapToObj(client -> connection()).toArray(EmbeddedChannel[]::new);
        for (EmbeddedChannel client : clients) {
            send(client, HEAD);
        }
        assertThat(clients).extracting(EmbeddedChannel::isOpen).containsExactly(false, true, true, true);
        assertThat(requests.closed(TOO_MANY_REQUESTS)).isEqualTo(1);
        assertThat(requests.count()).isEqualTo(3);
    }

    @Test
    void oldestIsClosedWhenTheBytesAreTooMany() {
        EmbeddedChannel oldest = connection();
        EmbeddedChannel newer = connection();
        send(oldest, "POST / HTTP/1.1\r\nContent-Length: 9500000\r\n\r\n" + "x".repeat(600));
        send(newer, "POST / HTTP/1.1\r\nX: " + "x".repeat(600));
        assertThat(oldest.isOpen()).isFalse();
        assertThat(newer.isOpen()).isTrue();
        assertThat(requests.closed(TOO_MANY_BYTES)).isEqualTo(1);
        assertThat(requests.bytes()).isLessThanOrEqualTo(LIMITS.maxBytes());
    }

    @Test
    void disconnectedClientIsNoLongerCounted() {
        EmbeddedChannel client = connection();
        send(client, HEAD);
        client.finish();
        assertThat(requests.count()).isZero();
        assertThat(requests.bytes()).isZero();
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "garbage\\r\\n\\r\\n | 400 | Malformed HTTP request",
                "GET / HTTP/1.1\\r\\nContent-Length: -1\\r\\n\\r\\n | 400 | Malformed HTTP request",
                "GET /LONG HTTP/1.1\\r\\n\\r\\n | 414 | The request line is longer than 300000 bytes",
                "GET / HTTP/1.1\\r\\nX: LONG\\r\\n\\r\\n | 431 | The headers are larger than 16 KiB"
            })
    void invalidRequestIsAnsweredAsJsonAndThenCostsTheConnection(String request, int status, String error) {
        EmbeddedChannel client = connection();
        send(client, request.translateEscapes().replace("LONG", "x".repeat(400)));
        ByteBuf answer = client.readOutbound();
        assertThat(answer.toString(ISO_8859_1))
                .startsWith("HTTP/1.1 " + status + " ")
                .endsWith("{\"error\":\"" + error + "\"}");
        assertThat(client.isOpen()).isTrue();

        pass(client, Duration.ofSeconds(1));
        assertThat(client.isOpen()).isFalse();
        assertThat(requests.count()).isZero();
    }

    @Test
    void connectionOfAnotherProtocolIsLeftAlone() {
        EmbeddedChannel other = new EmbeddedChannel();
        other.freezeTime();
        other.pipeline().addFirst(new ReceivedBytesHandler(new RequestProgress(requests, other)));
        send(other, "x");
        pass(other, LIMITS.idle().multipliedBy(2));
        assertThat(other.isOpen()).isTrue();
        assertThat(requests.count()).isZero();
    }

    private EmbeddedChannel connection() {
        EmbeddedChannel channel = new EmbeddedChannel(false, true);
        channel.freezeTime();
        channel.pipeline()
                .addLast(new ReceivedBytesHandler(new RequestProgress(requests, channel)))
                .addLast(new HttpRequestDecoder(
                        new HttpDecoderConfig().setMaxInitialLineLength(400).setMaxHeaderSize(400)))
                .addLast(new HttpResponseEncoder());
        try {
            channel.register();
        } catch (Exception e) {
            throw new IllegalStateException("Failed to register", e);
        }
        return channel;
    }

    private static void send(EmbeddedChannel client, String text) {
        client.writeInbound(Unpooled.copiedBuffer(text, ISO_8859_1));
    }

    private static void answer(EmbeddedChannel client, HttpResponseStatus status) {
        client.writeOutbound(new DefaultFullHttpResponse(HttpVersion.HTTP_1_1, status));
    }

    private static void pass(EmbeddedChannel client, Duration time) {
        client.advanceTimeBy(time.toMillis(), MILLISECONDS);
        client.runScheduledPendingTasks();
    }
}
