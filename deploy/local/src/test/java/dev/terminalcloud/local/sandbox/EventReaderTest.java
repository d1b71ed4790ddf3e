package dev.terminalcloud.local.sandbox;

import static java.nio.charset.StandardCharsets.UTF_8;
import static java.util.concurrent.TimeUnit.SECONDS;
import static org.assertj.core.api.Assertions.assertThat;

import dev.terminalcloud.embedded.EmbeddedKafka;
import dev.terminalcloud.events.DeviceCommand.ShowPairingCode;
import dev.terminalcloud.events.EventCodec;
import dev.terminalcloud.events.EventMetadata;
import dev.terminalcloud.events.Topic;
import dev.terminalcloud.local.TestTimeouts;
import io.vertx.core.Vertx;
import io.vertx.core.http.HttpServer;
import io.vertx.core.json.JsonObject;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Path;
import java.time.Instant;
import java.util.Map;
import java.util.UUID;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.serialization.StringSerializer;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** Tests the path of an event from a topic to a browser. */
@Tag("slow")
@Timeout(120)
class EventReaderTest {
    private static final Instant TIME = Instant.parse("2026-01-02T03:04:05.678Z");

    @TempDir
    private Path folder;

    private final EventFeed feed = new EventFeed();
    private final Vertx vertx = Vertx.vertx();
    private EmbeddedKafka kafka;
    private EventReader reader;

    @BeforeEach
    void start() {
        kafka = EmbeddedKafka.start(folder, 0);
        reader = EventReader.start(kafka.bootstrapServers(), feed);
    }

    @AfterEach
    void stop() throws Exception {
        vertx.close().toCompletionStage().toCompletableFuture().get(TestTimeouts.SECONDS, SECONDS);
        reader.close();
        kafka.close();
    }

    @Test
    void recordReachesTheBrowserRedacted() throws Exception {
        try (InputStream stream = open(listen())) {
            send(new ProducerRecord<>("device-events", "7", "no JSON"), pairingCode("7000000011", "12345678"));

            JsonObject event = new JsonObject(nextData(stream));

            assertThat(event.getString("topic")).isEqualTo("device-commands");
            assertThat(event.getString("type")).isEqualTo("device.show-pairing-code.v1");
            assertThat(event.getString("key")).isEqualTo("7000000011");
            assertThat(event.getInstant("time")).isEqualTo(TIME);
            assertThat(event.getJsonObject("payload").getString("code")).isEqualTo(SecretRedaction.REDACTED);
            assertThat(event.encode()).doesNotContain("12345678");
        }
    }

    private static ProducerRecord<String, String> pairingCode(String deviceId, String code) {
        ShowPairingCode command = new ShowPairingCode(deviceId, UUID.randomUUID(), code, 120);
        EventMetadata metadata =
                new EventMetadata(UUID.randomUUID(), EventCodec.typeOf(command), "/pairing-service", TIME);
        return EventCodec.toRecord(Topic.DEVICE_COMMANDS, 0, command, metadata);
    }

    private void send(ProducerRecord<String, String> unreadable, ProducerRecord<String, String> readable)
            throws Exception {
        try (KafkaProducer<String, String> producer = new KafkaProducer<>(
                Map.of("bootstrap.servers", kafka.bootstrapServers()),
                new StringSerializer(),
                new StringSerializer())) {
            producer.send(unreadable).get(TestTimeouts.SECONDS, SECONDS);
            producer.send(readable).get(TestTimeouts.SECONDS, SECONDS);
        }
    }

    private int listen() throws Exception {
        HttpServer server = vertx.createHttpServer().requestHandler(feed);
        return server.listen(0, "127.0.0.1")
                .map(HttpServer::actualPort)
                .toCompletionStage()
                .toCompletableFuture()
                .get(TestTimeouts.SECONDS, SECONDS);
    }

    private static InputStream open(int port) throws IOException, InterruptedException {
        HttpRequest request = HttpRequest.newBuilder(URI.create("http://127.0.0.1:%d/".formatted(port)))
                .build();
        return HttpClient.newHttpClient()
                .send(request, BodyHandlers.ofInputStream())
                .body();
    }

    private static String nextData(InputStream stream) throws IOException {
        BufferedReader lines = new BufferedReader(new InputStreamReader(stream, UTF_8));
        String line = lines.readLine();
        while (!line.startsWith("data: ")) {
            line = lines.readLine();
        }
        return line.substring("data: ".length());
    }
}
