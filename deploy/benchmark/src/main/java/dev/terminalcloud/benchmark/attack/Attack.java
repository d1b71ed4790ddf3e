package dev.terminalcloud.benchmark.attack;

import static java.nio.charset.StandardCharsets.US_ASCII;

import java.util.Arrays;
import java.util.concurrent.ThreadLocalRandom;

/** Kind of attack: behaviour of clients that no honest client shows. */
public enum Attack {
    /** Registered devices that send results of transactions that never were, and connect again whenever they are closed. */
    DEVICE_FLOOD(
            "results of transactions that never were",
            (target, number) -> new FloodingDevice(target, number, FloodPackets::nextResult)),
    AMPERSANDS(
            "bodies `a=` and 262,000 `&`",
            (target, number) -> start(target, "application/x-www-form-urlencoded", "a=" + "&".repeat(262_000))),
    PERCENT_SIGNS(
            "bodies of 256 KiB of `%`",
            (target, number) -> start(target, "application/x-www-form-urlencoded", "%".repeat(262_144))),
    JSON_NAMES(
            "JSON bodies of 23,000 names",
            (target, number) -> start(target, "application/json", Names.object("", 23_000))),
    DEVICE_NAMES("messages of devices with 6,500 names", (target, number) -> {
        byte[] message = FloodPackets.manyNames(target.deviceId(number));
        return new FloodingDevice(target, number, packets -> message);
    }),
    HALF_BODIES(
            "connections with half a body",
            (target, number) -> new UnfinishedClient(
                    target.gateway(),
                    ("POST /POS/Transaction HTTP/1.1\r\nHost: attack\r\nContent-Length: 1000\r\n\r\n" + "a".repeat(500))
                            .getBytes(US_ASCII))),
    HALF_HEADS(
            "connections with half a head",
            (target, number) -> new UnfinishedClient(
                    target.gateway(),
                    ("POST /POS/Transaction HTTP/1.1\r\nHost: attack\r\nX-Unfinished: " + "a".repeat(500))
                            .getBytes(US_ASCII))),
    WRONG_CODES(
            "wrong pairing codes",
            (target, number) -> new HttpRequestClient(target.gateway(), () -> wrongCode(number))),
    WRONG_SECRETS("CONNECTs with a wrong secret", WrongSecretClient::new),
    UNACCEPTED(
            "connections with 2 KiB of a CONNECT",
            (target, number) -> new UnfinishedClient(target.devices(), FloodPackets.unfinishedConnect(2_000)));

    private final String description;

    @SuppressWarnings("ImmutableEnumChecker") // a function without state
    private final Factory factory;

    private interface Factory {
        AttackClient open(AttackTarget target, int number);
    }

    Attack(String description, Factory factory) {
        this.description = description;
        this.factory = factory;
    }

    /** Returns what the clients send, in Markdown. */
    public String description() {
        return description;
    }

    /** Returns all attacks but {@link #DEVICE_FLOOD}. */
    public static Attack[] allButFlood() {
        return Arrays.stream(values()).filter(attack -> attack != DEVICE_FLOOD).toArray(Attack[]::new);
    }

    AttackClient open(AttackTarget target, int number) {
        return factory.open(target, number);
    }

    private static AttackClient start(AttackTarget target, String contentType, String body) {
        byte[] request = HttpRequestClient.request("POST", "/POS/Transaction", contentType, body);
        return new HttpRequestClient(target.gateway(), () -> request);
    }

    private static byte[] wrongCode(int number) {
        String code = "%08d".formatted(ThreadLocalRandom.current().nextInt(100_000_000));
        return HttpRequestClient.request(
                "PUT",
                "/POS/Pairing/" + code,
                "application/x-www-form-urlencoded",
                "POSRegisterID=attack-%d&POSRegisterName=Attack&POSBusinessName=Attack&POSVendorName=Attack"
                        .formatted(number));
    }
}
