package dev.terminalcloud.pairing;

import static java.nio.charset.StandardCharsets.UTF_8;

import jakarta.enterprise.context.ApplicationScoped;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.util.Base64;
import java.util.UUID;
import java.util.concurrent.ThreadLocalRandom;
import java.util.concurrent.atomic.AtomicInteger;

/** New devices and registers, which no other test uses. */
@ApplicationScoped
public class TestFixtures {
    public static final String OPERATOR = basic("operator", "a password for tests");

    public static final String VIEWER = basic("viewer", "another password for tests");

    private final AtomicInteger addresses = new AtomicInteger();
    private final KafkaJournal kafka;
    private final Http http;
    private final FakeTransactionService transactionService;

    TestFixtures(KafkaJournal kafka, Http http, FakeTransactionService transactionService) {
        this.kafka = kafka;
        this.http = http;
        this.transactionService = transactionService;
    }

    /** Returns a device that is in the registry and not connected. */
    public FakeDevice device() {
        FakeDevice device = unregistered();
        HttpResponse<String> answer = registerDevice(device.id(), "{\"secret\":\"demo-device-secret\"}", OPERATOR);
        if (answer.statusCode() != 200) {
            throw new IllegalStateException(answer.body());
        }
        return device;
    }

    /** Returns a device that is in the registry, with this owner, and not connected. */
    public FakeDevice deviceOf(String owner) {
        FakeDevice device = unregistered();
        HttpResponse<String> answer = registerDevice(device.id(), "{\"owner\":\"" + owner + "\"}", OPERATOR);
        if (answer.statusCode() != 200) {
            throw new IllegalStateException(answer.body());
        }
        return device;
    }

    /** Returns a device that is not in the registry. */
    public FakeDevice unregistered() {
        return new FakeDevice(
                kafka, Long.toString(ThreadLocalRandom.current().nextLong(1_000_000_000_000L, 9_000_000_000_000L)));
    }

    /** Returns a register that sends from an address of its own, through a trusted gateway. Its pairings are confirmed. */
    public FakeRegister register() {
        transactionService.start();
        return new FakeRegister(http, kafka, UUID.randomUUID().toString(), address());
    }

    /** Returns an address that no other client sends from. */
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

    /** Sends a request as the operator. */
    public HttpResponse<String> ask(String method, String path, String json) {
        return ask(OPERATOR, method, path, json);
    }

    /** Sends a request with this authorization, without a body if {@code json} is null. */
    public HttpResponse<String> ask(String authorization, String method, String path, String json) {
        return json == null
                ? http.send(
                        method,
                        path,
                        BodyPublishers.noBody(),
                        "Content-Type",
                        "application/json",
                        "Authorization",
                        authorization)
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
