package dev.terminalcloud.systemtests.conformance;

import static dev.terminalcloud.systemtests.conformance.CallbackReceiver.answering;
import static dev.terminalcloud.systemtests.conformance.Waits.TIMEOUT;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.terminalcloud.systemtests.PolledTransaction;
import dev.terminalcloud.systemtests.Shop;
import dev.terminalcloud.systemtests.conformance.CallbackReceiver.Call;
import dev.terminalcloud.virtualregister.Answer;
import java.io.IOException;
import java.security.GeneralSecurityException;
import java.time.Duration;
import java.time.Instant;
import java.util.Base64;
import java.util.Map;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;
import org.junit.jupiter.api.Order;

/** Section 9: callbacks when a transaction ends. */
@Conformance
@Order(2)
class CallbackConformanceTest {
    /** Longer than the delay before the second attempt. */
    private static final Duration NO_SECOND_TRY = Duration.ofSeconds(9);

    private static final Duration TIME_OUT = Duration.ofSeconds(10);
    private static final long ENDLESS = 64L * 1024 * 1024;
    private static final JsonMapper JSON = JsonMapper.builder().build();

    private final TargetSystem cloud;

    CallbackConformanceTest(TargetSystem cloud) {
        this.cloud = cloud;
    }

    @Proves(Row.CALLBACK)
    void callbackIsTheCompletedPoll() throws Exception {
        try (CallbackReceiver receiver = cloud.receiver(answering(200));
                Shop shop = cloud.paired()) {
            Answer completed = startWithCallback(shop, receiver).awaitCompleted(TIMEOUT);
            Call call = awaitCalls(receiver, 1);

            assertThat(call.method()).isEqualTo("POST");
            assertThat(call.path()).isEqualTo("/callback?by=cloud");
            assertThat(call.header("Content-Type")).startsWith("application/json");
            ObjectNode expected = (ObjectNode) completed.body();
            expected.remove("merchantAccessToken");
            assertThat(JSON.readTree(call.body())).isEqualTo(expected);
        }
    }

    @Proves(Row.SIGNED)
    void callbackIsSigned() throws Exception {
        try (CallbackReceiver receiver = cloud.receiver(answering(200));
                Shop shop = cloud.paired()) {
            PolledTransaction payment = startWithCallback(shop, receiver);
            payment.awaitCompleted(TIMEOUT);
            Call call = awaitCalls(receiver, 1);

            String token = payment.started().body().path("merchantAccessToken").asText();
            String time = call.header("webhook-timestamp");
            assertThat(call.header("webhook-id")).isNotBlank();
            assertThat(Duration.between(Instant.ofEpochSecond(Long.parseLong(time)), Instant.now())
                            .abs())
                    .isLessThan(Duration.ofMinutes(5));
            assertThat(call.header("webhook-signature"))
                    .isEqualTo("v1," + signature(token, call.header("webhook-id") + "." + time + "." + call.body()));
        }
    }

    @Proves(Row.ANY_2XX)
    void any2xxEndsIt() throws Exception {
        try (CallbackReceiver created = cloud.receiver(answering(201));
                CallbackReceiver empty = cloud.receiver(answering(204));
                CallbackReceiver odd = cloud.receiver(answering(299));
                Shop shop = cloud.paired()) {
            for (CallbackReceiver receiver : new CallbackReceiver[] {created, empty, odd}) {
                startWithCallback(shop, receiver).awaitCompleted(TIMEOUT);
                awaitCalls(receiver, 1);
            }

            await().pollDelay(NO_SECOND_TRY).until(() -> true);

            assertThat(created.calls()).hasSize(1);
            assertThat(empty.calls()).hasSize(1);
            assertThat(odd.calls()).hasSize(1);
        }
    }

    @Proves(Row.REDIRECT)
    void redirectsAreNotFollowed() throws Exception {
        try (CallbackReceiver elsewhere = cloud.receiver(answering(200));
                CallbackReceiver receiver = cloud.receiver((exchange, number) -> {
                    exchange.getResponseHeaders().set("Location", elsewhere.url());
                    exchange.sendResponseHeaders(number == 1 ? 307 : 200, -1);
                });
                Shop shop = cloud.paired()) {
            startWithCallback(shop, receiver).awaitCompleted(TIMEOUT);

            awaitCalls(receiver, 2);
            assertThat(elsewhere.calls()).isEmpty();
        }
    }

    @Proves(Row.LONG_ANSWER)
    void longAnswerIsNotRead() throws Exception {
        AtomicLong written = new AtomicLong();
        CountDownLatch cutOff = new CountDownLatch(1);
        try (CallbackReceiver receiver = cloud.receiver((exchange, number) -> {
                    exchange.sendResponseHeaders(200, ENDLESS);
                    byte[] block = new byte[8192];
                    try {
                        while (written.addAndGet(block.length) <= ENDLESS) {
                            exchange.getResponseBody().write(block);
                        }
                    } catch (IOException closedByTheReader) {
                        cutOff.countDown();
                    }
                });
                Shop shop = cloud.paired()) {
            startWithCallback(shop, receiver).awaitCompleted(TIMEOUT);

            assertThat(cutOff.await(TIMEOUT.toSeconds(), TimeUnit.SECONDS)).isTrue();
            assertThat(written.get()).isLessThan(ENDLESS);
        }
    }

    @Proves(Row.SILENT)
    void callbackTimesOutAfterTenSeconds() throws Exception {
        CountDownLatch end = new CountDownLatch(1);
        try (CallbackReceiver receiver = cloud.receiver((exchange, number) -> {
                    if (number == 1) {
                        waitFor(end);
                    }
                    exchange.sendResponseHeaders(200, -1);
                });
                Shop shop = cloud.paired()) {
            startWithCallback(shop, receiver).awaitCompleted(TIMEOUT);

            await().atMost(Duration.ofSeconds(40)).until(() -> receiver.calls().size() == 2);

            end.countDown();
            Duration between = Duration.ofNanos(
                    receiver.calls().get(1).nanoTime() - receiver.calls().get(0).nanoTime());
            assertThat(between).isGreaterThanOrEqualTo(TIME_OUT);
        }
    }

    private static PolledTransaction startWithCallback(Shop shop, CallbackReceiver receiver) {
        Map<String, String> purchase = shop.register().purchase(500);
        purchase.put("PosNotificationCallbackUrl", receiver.url());
        return PolledTransaction.start(shop.register(), purchase);
    }

    private static Call awaitCalls(CallbackReceiver receiver, int count) {
        await().atMost(TIMEOUT).until(() -> receiver.calls().size() == count);
        return receiver.calls().get(count - 1);
    }

    private static String signature(String secret, String signed) throws GeneralSecurityException {
        Mac mac = Mac.getInstance("HmacSHA256");
        mac.init(new SecretKeySpec(secret.getBytes(UTF_8), "HmacSHA256"));
        return Base64.getEncoder().encodeToString(mac.doFinal(signed.getBytes(UTF_8)));
    }

    private static void waitFor(CountDownLatch latch) throws IOException {
        try {
            latch.await();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IOException("interrupted", e);
        }
    }
}
