package dev.terminalcloud.transaction;

import static dev.terminalcloud.transaction.FakeDevice.approved;
import static dev.terminalcloud.transaction.TestFixtures.awaitTrue;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import dev.terminalcloud.embedded.test.TestInfrastructure;
import dev.terminalcloud.virtualregister.Answer;
import io.micrometer.core.instrument.MeterRegistry;
import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.common.ResourceArg;
import io.quarkus.test.junit.QuarkusTest;
import io.vertx.mutiny.sqlclient.Tuple;
import jakarta.inject.Inject;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.io.UncheckedIOException;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Event streams of a transaction (POS API, section 10). */
@QuarkusTest
@QuarkusTestResource(
        value = TestInfrastructure.class,
        initArgs = @ResourceArg(name = TestInfrastructure.SERVICE, value = "transaction"))
@Timeout(value = 2, unit = TimeUnit.MINUTES)
class EventStreamTest {
    private static final JsonMapper JSON = JsonMapper.builder().build();

    @Inject
    TestFixtures shop;

    @Inject
    MeterRegistry metrics;

    private final HttpClient http = HttpClient.newHttpClient();

    @Test
    void streamHasTheStateAtOnceAndEachChange() throws Exception {
        FakeRegister register = shop.register();
        FakeDevice device = shop.deviceOf(register);
        Answer started = register.pays(500);
        try (Stream stream = open(register, started, null)) {
            assertThat(stream.response().statusCode()).isEqualTo(200);
            assertThat(stream.response().headers().firstValue("Content-Type")).contains("text/event-stream");
            assertThat(stream.response().headers().firstValue("Cache-Control")).contains("no-store");
            assertThat(stream.next()).isEqualTo(register.polls(started).body());

            device.starts(started.transactionId());
            assertThat(stream.next().at("/data/Delivery").asText()).isEqualTo("STARTED");
            device.shows(started.transactionId(), "ENTER PIN");
            assertThat(stream.next().at("/data/Prompt").asText()).isEqualTo("ENTER PIN");
            device.finishes(started.transactionId(), approved(500));
            assertThat(stream.next().at("/data/TransactionResult").asText()).isEqualTo("OK-ACCEPTED");

            assertThat(stream.next()).as("the end").isNull();
            assertThat(stream.ids()).containsExactly("1", "2", "3", "4");
        }
        awaitHeld(0);
    }

    @Test
    void streamIsContinuedAfterTheLastEvent() throws Exception {
        FakeRegister register = shop.register();
        FakeDevice device = shop.deviceOf(register);
        Answer started = register.pays(500);
        try (Stream stream = open(register, started, "1")) {
            awaitHeld(1);
            device.starts(started.transactionId());
            assertThat(stream.next().path("version").asLong()).isEqualTo(2);
        }
        awaitHeld(0);
    }

    @ParameterizedTest
    @ValueSource(strings = {"7", "999999999999999999", "-1", "x", "9999999999999999999"})
    void stateIsSentAtOnceAfterAnIdThatIsNotTheCurrentOne(String id) throws Exception {
        FakeRegister register = shop.register();
        shop.pairedDeviceOf(register);
        Answer started = register.pays(500);
        try (Stream stream = open(register, started, id)) {
            assertThat(stream.next().path("version").asLong()).isEqualTo(1);
        }
    }

    @Test
    void finalStateIsNotRepeatedToAClientThatHasSeenIt() throws Exception {
        FakeRegister register = shop.register();
        shop.pairedDeviceOf(register);
        Answer started = register.pays(500);
        Answer cancelled = register.cancels(started);
        try (Stream again = open(register, started, null);
                Stream seen =
                        open(register, started, cancelled.body().path("version").asText())) {
            assertThat(again.next()).isEqualTo(cancelled.body());
            assertThat(again.next()).isNull();
            assertThat(seen.next()).isNull();
        }
    }

    @Test
    void commentIsSentWhileNothingChanges() throws Exception {
        FakeRegister register = shop.register();
        FakeDevice device = shop.deviceOf(register);
        Answer started = register.pays(500);
        device.starts(started.transactionId());
        try (Stream stream = open(register, started, null)) {
            stream.next();
            assertThat(stream.line()).isEqualTo(":");
        }
    }

    @Test
    void ninthStreamIsRejectedUntilAnotherOneIsClosed() throws Exception {
        FakeRegister register = shop.register();
        FakeDevice device = shop.deviceOf(register);
        Answer started = register.pays(500);
        device.starts(started.transactionId());
        List<Stream> streams = new ArrayList<>();
        for (int i = 0; i < 8; i++) {
            streams.add(open(register, started, null));
        }
        try (Stream ninth = open(register, started, null)) {
            assertThat(ninth.response().statusCode()).isEqualTo(429);
            assertThat(ninth.response().headers().firstValue("Retry-After")).isPresent();
            assertThat(ninth.line())
                    .isEqualTo("{\"error\":\"Too many event streams of this transaction: the limit is 8\"}");
        }
        assertThat(register.polls(started).status()).isEqualTo(200);

        for (Stream stream : streams) {
            stream.close();
        }
        awaitTrue(() -> {
            try (Stream next = open(register, started, null)) {
                return next.response().statusCode() == 200;
            }
        });
        awaitHeld(0);
    }

    @Test
    void wrongTokenIsRejectedAsAPollIs() throws Exception {
        FakeRegister register = shop.register();
        shop.pairedDeviceOf(register);
        Answer started = register.pays(500);
        HttpRequest request = register.request(
                        "/pos/transaction/" + started.transactionId() + "?merchantAccessToken=wrong")
                .header("Accept", "text/event-stream")
                .build();
        try (Stream stream = new Stream(http.send(request, BodyHandlers.ofInputStream()))) {
            assertThat(stream.response().statusCode()).isEqualTo(401);
            assertThat(stream.response().headers().firstValue("Content-Type").orElseThrow())
                    .startsWith("application/json");
            assertThat(stream.line()).isEqualTo("{\"error\":\"Invalid token\"}");
        }
    }

    @Test
    void streamEndsWithItsToken() throws Exception {
        FakeRegister register = shop.register();
        FakeDevice device = shop.deviceOf(register);
        Answer started = register.pays(500);
        try (Stream stream = open(register, started, null)) {
            stream.next();
            shop.execute(
                    "update transaction set created_at = created_at - interval '15 minutes' where id = $1",
                    Tuple.of(started.transactionId()));
            device.starts(started.transactionId());
            assertThat(stream.next()).isNull();
        }
    }

    private Stream open(FakeRegister register, Answer started, String lastEventId)
            throws IOException, InterruptedException {
        HttpRequest.Builder request = register.request(
                        "/pos/transaction/" + started.transactionId() + "?merchantAccessToken=" + started.token())
                .header("Accept", "text/event-stream");
        if (lastEventId != null) {
            request.header("Last-Event-ID", lastEventId);
        }
        return new Stream(http.send(request.build(), BodyHandlers.ofInputStream()));
    }

    private void awaitHeld(int requests) {
        awaitTrue(() -> metrics.get("transaction.requests.held").gauge().value() == requests);
    }

    /** An open stream, which a browser would read in the same way. */
    private record Stream(HttpResponse<InputStream> response, BufferedReader reader, List<String> ids)
            implements AutoCloseable {
        Stream(HttpResponse<InputStream> response) {
            this(
                    response,
                    new BufferedReader(new InputStreamReader(response.body(), StandardCharsets.UTF_8)),
                    new ArrayList<>());
        }

        /** Returns the data of the next event; null at the end. */
        JsonNode next() throws IOException {
            for (String line = line(); line != null; line = line()) {
                if (line.startsWith("id: ")) {
                    ids.add(line.substring(4));
                } else if (line.startsWith("event: ")) {
                    assertThat(line).isEqualTo("event: transaction");
                } else if (line.startsWith("data: ")) {
                    return JSON.readTree(line.substring(6));
                }
            }
            return null;
        }

        /** Returns the next line that is not empty. */
        String line() throws IOException {
            String line = reader.readLine();
            while (line != null && line.isEmpty()) {
                line = reader.readLine();
            }
            return line;
        }

        @Override
        public void close() {
            try {
                reader.close();
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            }
        }
    }
}
