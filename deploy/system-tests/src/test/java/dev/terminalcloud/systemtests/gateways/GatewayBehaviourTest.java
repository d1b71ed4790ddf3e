package dev.terminalcloud.systemtests.gateways;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static java.nio.charset.StandardCharsets.UTF_8;
import static java.util.stream.Collectors.toMap;
import static org.assertj.core.api.Assertions.assertThat;

import dev.terminalcloud.systemtests.Installation;
import dev.terminalcloud.systemtests.InstalledProgram;
import dev.terminalcloud.systemtests.LocalStack;
import dev.terminalcloud.systemtests.OneStack;
import dev.terminalcloud.systemtests.PolledTransaction;
import dev.terminalcloud.systemtests.Shop;
import dev.terminalcloud.systemtests.Shops;
import dev.terminalcloud.systemtests.Transport;
import dev.terminalcloud.virtualdevice.behaviour.Ending;
import dev.terminalcloud.virtualregister.Answer;
import dev.terminalcloud.virtualregister.FormBody;
import dev.terminalcloud.virtualregister.PosClient;
import dev.terminalcloud.virtualregister.PosRequests;
import dev.terminalcloud.virtualregister.StreamedEvent;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Function;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** Real gateways with the documented configuration: requests that no regular client sends, streams, and lost services. */
@Tag("slow")
@Timeout(180)
@ExtendWith({NeedsGateways.class, OneStack.class})
class GatewayBehaviourTest {
    private static final Duration TIMEOUT = Duration.ofMinutes(1);
    private static final int TIMEOUT_MILLIS = 60_000;

    /** The device never ends a payment of this amount by itself. */
    private static final long NEVER_ANSWERED = 559;

    /** The service is lost while the body comes. */
    private static final int LONG_BODY = 200_000;

    @TempDir
    private Path folder;

    private final Shops shops;

    GatewayBehaviourTest(Shops shops) {
        this.shops = shops;
    }

    @ParameterizedTest
    @EnumSource
    void eventsArriveWhileTheStreamIsOpen(Gateway gateway) throws Exception {
        try (RunningGateway running = start(gateway);
                Shop shop = shops.paired(Transport.TCP)) {
            PolledTransaction payment = PolledTransaction.start(shop.register(), NEVER_ANSWERED);
            URI url = through(running, payment.started().pollingUrl());

            OpenStream open = OpenStream.of(PosRequests.stream(url));
            StreamedEvent first = open.next();
            StreamedEvent prompt = first;
            while (!prompt.data().at("/data").has("Prompt")) {
                prompt = open.next();
            }
            shop.device().endPayment(Ending.APPROVE);
            StreamedEvent last = open.last();

            assertThat(first.data().path("transactionStatus").asText()).isEqualTo("PENDING");
            assertThat(last.data().at("/data/TransactionResult").asText()).isEqualTo("OK-ACCEPTED");
            StreamedEvent resumed =
                    OpenStream.of(PosRequests.resumeStream(url, prompt.id())).next();
            assertThat(Long.parseLong(resumed.id())).isGreaterThan(Long.parseLong(prompt.id()));
        }
    }

    @Test
    void exampleOfTheLoadBalancerOfDevicesIsValid() throws Exception {
        Path example = Installation.root().resolve("deploy/kubernetes/examples/haproxy-devices.cfg");
        Path log = folder.resolve("haproxy-check.log");
        String program = InstalledProgram.find("haproxy").orElseThrow().toString();

        int status = new ProcessBuilder(program, "-c", "-f", example.toString())
                .redirectErrorStream(true)
                .redirectOutput(log.toFile())
                .start()
                .waitFor();

        assertThat(status).as(Files.readString(log)).isZero();
    }

    /** As through the gateway of the local stack, which leaves them to the services. */
    @ParameterizedTest
    @EnumSource
    void unusualRequestsAreAnsweredByTheServices(Gateway gateway) throws Exception {
        Map<String, Integer> statuses = new LinkedHashMap<>();
        Map<String, Integer> expected = new LinkedHashMap<>();
        try (RunningGateway running = start(gateway)) {
            for (String start : UnusualRequests.STARTS) {
                String request = start + " HTTP/1.1\r\nHost: x\r\nContent-Length: 0\r\nConnection: close\r\n\r\n";
                String answer = exchange(running.http(), request);
                assertIsErrorForPages(start, answer);
                statuses.put(start, statusOf(answer));
                expected.put(start, statusOf(exchange(shops.site().http(), request)));
            }
        }
        expected.putAll(answeredByItself(gateway));

        assertThat(statuses).containsExactlyEntriesOf(expected);
    }

    private static Map<String, Integer> answeredByItself(Gateway gateway) {
        return switch (gateway) {
            case NGINX ->
                UnusualRequests.MALFORMED_FOR_NGINX.stream().collect(toMap(Function.identity(), start -> 400));
            case HAPROXY -> Map.of();
        };
    }

    @ParameterizedTest
    @EnumSource
    void invalidHttpIsRejected(Gateway gateway) throws Exception {
        try (RunningGateway running = start(gateway)) {
            for (String text : UnusualRequests.NOT_HTTP) {
                String answer = exchange(running.http(), text);

                boolean unprocessable = gateway == Gateway.HAPROXY && text.equals(UnusualRequests.UNKNOWN_CODING);
                assertThat(statusOf(answer)).as(text).isEqualTo(unprocessable ? 422 : 400);
                if (gateway == Gateway.NGINX) {
                    assertIsErrorForPages(text, answer);
                }
            }
        }
    }

    /** nginx rejects both lengths together. HAProxy passes the chunks on, and closes the connection after the response. */
    @ParameterizedTest
    @EnumSource
    void secondRequestCannotHideInTheFirst(Gateway gateway) throws Exception {
        try (RunningGateway running = start(gateway)) {
            String answer = exchange(running.http(), UnusualRequests.HIDDEN_REQUEST);

            assertThat(statusOf(answer)).isEqualTo(400);
            assertIsErrorForPages(UnusualRequests.HIDDEN_REQUEST, answer);
            assertThat(answer).containsOnlyOnce("HTTP/1.1 ");
        }
    }

    @ParameterizedTest
    @EnumSource
    void halfABodyStartsNothing(Gateway gateway) throws Exception {
        try (RunningGateway running = start(gateway);
                Shop shop = shops.paired(Transport.TCP)) {
            String form = FormBody.encode(shop.register().purchase(NEVER_ANSWERED));
            String head = "POST /POS/Transaction HTTP/1.1\r\nHost: x\r\nContent-Type: " + FormBody.CONTENT_TYPE
                    + "\r\nContent-Length: " + 2 * form.length() + "\r\n\r\n";
            try (Socket client = connect(running.http())) {
                client.getOutputStream().write((head + form).getBytes(UTF_8));
                client.shutdownOutput();
                client.getInputStream().readAllBytes();
            }

            PolledTransaction payment = PolledTransaction.start(shop.register(), 500);
            payment.awaitCompleted(TIMEOUT);

            assertThat(shop.ran()).containsExactly(payment.id());
        }
    }

    @ParameterizedTest
    @EnumSource
    void withoutAServiceNothingIsStartedForCertain(Gateway gateway) throws Exception {
        Origins none = new Origins(LocalStack.freePort(), LocalStack.freePort(), LocalStack.freePort());
        try (RunningGateway running = gateway.start(none, folder)) {
            Answer answer = starts(running, "1");

            assertThat(answer.status()).isEqualTo(503);
            assertThat(answer.header("Retry-After")).isEqualTo("1");
            assertThat(answer.error()).contains("Nothing was started");
            assertThat(answer.header("Access-Control-Allow-Origin")).isEqualTo("*");
            assertThat(answer.header("Access-Control-Expose-Headers")).contains("Retry-After");
        }
    }

    @ParameterizedTest
    @EnumSource
    void lostServiceMayHaveStartedSomethingAndIsNotAskedAgain(Gateway gateway) throws Exception {
        AtomicInteger requests = new AtomicInteger();
        try (ServerSocket service = new ServerSocket(0, 0, InetAddress.getLoopbackAddress())) {
            Thread lost = new Thread(() -> loseConnections(service, requests), "lost-service");
            lost.start();
            int port = service.getLocalPort();
            try (RunningGateway running = gateway.start(new Origins(port, port, port), folder)) {
                Answer answer = starts(running, "1".repeat(LONG_BODY));

                assertThat(answer.status()).isEqualTo(502);
                assertThat(answer.header("Retry-After")).isEmpty();
                assertThat(answer.error()).contains("may have taken effect");
                assertThat(answer.header("Access-Control-Allow-Origin")).isEqualTo("*");
            }
            assertThat(requests).hasValue(1);
        }
    }

    private RunningGateway start(Gateway gateway) throws IOException {
        return gateway.start(Origins.of(shops.stack()), folder);
    }

    private URI through(RunningGateway running, URI pollingUrl) {
        return URI.create(pollingUrl
                .toString()
                .replace(shops.site().http().toString(), running.http().toString()));
    }

    private static Answer starts(RunningGateway running, String registerId) {
        return PosClient.open().send(new PosRequests(running.http()).start(Map.of("POSRegisterID", registerId)));
    }

    private static String exchange(URI server, String request) throws IOException {
        try (Socket client = connect(server)) {
            client.getOutputStream().write(request.getBytes(ISO_8859_1));
            return new String(client.getInputStream().readAllBytes(), ISO_8859_1);
        }
    }

    private static Socket connect(URI server) throws IOException {
        Socket client = new Socket(InetAddress.getLoopbackAddress(), server.getPort());
        client.setSoTimeout(TIMEOUT_MILLIS);
        return client;
    }

    private static int statusOf(String answer) {
        assertThat(answer).startsWith("HTTP/1.1 ");
        return Integer.parseInt(answer.substring(9, 12));
    }

    private static void assertIsErrorForPages(String request, String answer) {
        assertThat(answer)
                .as(request)
                .containsIgnoringCase("\r\ncontent-type: application/json")
                .containsIgnoringCase("\r\naccess-control-allow-origin: *\r\n")
                .contains("{\"error\":\"");
    }

    /** Reads each request's beginning and closes its connection, until the socket is closed. */
    private static void loseConnections(ServerSocket service, AtomicInteger requests) {
        while (!service.isClosed()) {
            try (Socket connection = service.accept()) {
                if (connection.getInputStream().read() >= 0) {
                    requests.incrementAndGet();
                }
            } catch (IOException e) {
                assertThat(e).isNotNull(); // the socket, or the connection, was closed
            }
        }
    }
}
