package dev.terminalcloud.pairing;

import static java.nio.charset.StandardCharsets.UTF_8;

import jakarta.enterprise.context.ApplicationScoped;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.util.Base64;
import java.util.UUID;
import java.util.concurrent.ThreadLocalRandom;
import java.util.concurrent.atomic.AtomicInteger;

/** Devices and registers that no other test has. */
@ApplicationScoped
public class TestFixtures {
    public static final String OPERATOR = basic("operator", "a password for tests");

    public static final String VIEWER = basic("viewer", "another password for tests");

    private final AtomicInteger addresses = new AtomicInteger();
    private final KafkaJournal kafka;
    private final Http http;

    TestFixtures(KafkaJournal kafka, Http http) {
        this.kafka = kafka;
        this.http = http;
    }

    /** A device that the registry knows and that is not connected. */
    public FakeDevice device() {
        FakeDevice device = unregistered();
        HttpResponse<String> answer = registerDevice(device.id(), "{\"secret\":\"demo\"}", OPERATOR);
        if (answer.statusCode() != 200) {
            throw new IllegalStateException(answer.body());
        }
        return device;
    }

    /** A device that is not in the registry. */
    public FakeDevice unregistered() {
        return new FakeDevice(
                kafka, Long.toString(ThreadLocalRandom.current().nextLong(1_000_000_000_000L, 9_000_000_000_000L)));
    }

    /** A register that sends from an address of its own, through a gateway that the service knows. */
    public FakeRegister register() {
        return new FakeRegister(http, kafka, UUID.randomUUID().toString(), address());
    }

    /** An address that nobody else sends from. */
    public String address() {
        int number = addresses.incrementAndGet();
        return "10.%d.%d.%d".formatted(number >> 16, number >> 8 & 0xFF, number & 0xFF);
    }

    public HttpResponse<String> registerDevice(String deviceId, String json, String authorization) {
        return http.send(
                "PUT",
                "/admin/devices/" + deviceId,
                BodyPublishers.ofString(json),
                "Content-Type",
                "application/json",
                "Authorization",
                authorization);
    }

    /** What an operator asks for and gets. */
    public HttpResponse<String> ask(String method, String path, String json) {
        return ask(OPERATOR, method, path, json);
    }

    /** What somebody asks for and gets. Without {@code json} there is no body. */
    public HttpResponse<String> ask(String authorization, String method, String path, String json) {
        return json == null
                ? http.send(method, path, BodyPublishers.noBody(), "Authorization", authorization)
                : http.send(
                        method,
                        path,
                        BodyPublishers.ofString(json),
                        "Content-Type",
                        "application/json",
                        "Authorization",
                        authorization);
    }

    public static String basic(String user, String password) {
        return "Basic " + Base64.getEncoder().encodeToString((user + ":" + password).getBytes(UTF_8));
    }
}
