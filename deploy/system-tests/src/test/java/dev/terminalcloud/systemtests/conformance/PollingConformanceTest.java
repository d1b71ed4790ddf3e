package dev.terminalcloud.systemtests.conformance;

import static dev.terminalcloud.systemtests.conformance.Expected.INVALID_TOKEN;
import static dev.terminalcloud.systemtests.conformance.Expected.assertEnvelope;
import static dev.terminalcloud.systemtests.conformance.Expected.assertRefused;
import static dev.terminalcloud.systemtests.conformance.Waits.NEVER_ANSWERED;
import static dev.terminalcloud.systemtests.conformance.Waits.TIMEOUT;
import static java.time.ZoneOffset.UTC;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import dev.terminalcloud.systemtests.PolledTransaction;
import dev.terminalcloud.systemtests.Shop;
import dev.terminalcloud.virtualdevice.behaviour.Ending;
import dev.terminalcloud.virtualregister.Answer;
import dev.terminalcloud.virtualregister.VirtualRegister;
import java.net.URI;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDateTime;
import java.time.format.DateTimeFormatter;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.Locale;
import java.util.UUID;

/** Section 4: authorization and rate of polls, and the responses. */
@Conformance
class PollingConformanceTest {
    private static final DateTimeFormatter TIME_STAMP = DateTimeFormatter.ofPattern("yyyyMMddHHmmssSSSS", Locale.ROOT);
    private static final Duration RECORD_LIFE = Duration.ofDays(180);
    private static final int MANY = 50;

    private final TargetSystem cloud;

    PollingConformanceTest(TargetSystem cloud) {
        this.cloud = cloud;
    }

    @Proves(Row.TOKEN_IS_ENOUGH)
    void anyClientWithTheUrlMayPoll() throws Exception {
        try (Shop shop = cloud.paired()) {
            PolledTransaction payment = PolledTransaction.start(shop.register(), 500);

            Answer elsewhere = RawHttp.gets(payment.started().pollingUrl());

            assertThat(elsewhere.status()).as(elsewhere.toString()).isEqualTo(200);
            assertThat(elsewhere.transactionId()).isEqualTo(payment.id());
            payment.awaitCompleted(TIMEOUT);
        }
    }

    @Proves(Row.READ_AGAIN)
    void completedAnswerStays() throws Exception {
        try (Shop shop = cloud.paired()) {
            PolledTransaction payment = PolledTransaction.start(shop.register(), 500);
            Answer completed = payment.awaitCompleted(TIMEOUT);
            PolledTransaction.start(shop.register(), 551).awaitCompleted(TIMEOUT);

            for (int i = 0; i < MANY; i++) {
                assertThat(shop.register().poll(payment.started()).body()).isEqualTo(completed.body());
            }
        }
    }

    @Proves(Row.RECORD_EXPIRY)
    void pollShowsWhenTheRecordExpires() throws Exception {
        try (Shop shop = cloud.paired()) {
            PolledTransaction payment = PolledTransaction.start(shop.register(), 500);
            Answer completed = payment.awaitCompleted(TIMEOUT);
            Instant posted = LocalDateTime.parse(
                            completed.body().path("transactionTimeStamp").asText(), TIME_STAMP)
                    .toInstant(UTC);

            assertEnvelope(completed, "COMPLETED");
            assertThat(completed.data("PollingUrl")).isNull();
            assertThat(completed.data("RecordExpiry")).isNull();
            assertThat(completed.member("RecordExpiry")).endsWith("Z");
            assertThat(Instant.parse(completed.member("RecordExpiry")))
                    .isCloseTo(posted.plus(RECORD_LIFE), within(1, ChronoUnit.MILLIS));
        }
    }

    @Proves(Row.INVALID_TOKEN)
    void missingOrWrongTokenSeesNothing() throws Exception {
        try (Shop shop = cloud.paired()) {
            VirtualRegister register = shop.register();
            PolledTransaction payment = PolledTransaction.start(register, 500);
            String url = payment.started().pollingUrl().toString();
            String token = payment.started().body().path("merchantAccessToken").asText();
            String bare = url.substring(0, url.indexOf('?'));

            for (String wrong : List.of(
                    bare,
                    bare + "?merchantAccessToken=",
                    bare + "?merchantAccessToken=" + UUID.randomUUID(),
                    bare + "?merchantAccessToken=" + payment.id(),
                    bare + "?merchantAccessToken=" + token.substring(1),
                    bare + "?merchantAccessToken=" + token + "0")) {
                assertRefused(register.poll(URI.create(wrong)), 401, INVALID_TOKEN);
            }
            payment.awaitCompleted(TIMEOUT);
        }
    }

    @Proves(Row.UNKNOWN_TRANSACTION)
    void unknownTransactionLooksLikeAWrongToken() {
        VirtualRegister register = cloud.register();
        for (String id : List.of(UUID.randomUUID().toString(), new UUID(0, 0).toString(), "1", "not-an-id", "%27--")) {
            URI url = register.url("/pos/transaction/" + id + "?merchantAccessToken=" + UUID.randomUUID());
            assertRefused(register.poll(url), 401, INVALID_TOKEN);
        }
    }

    @Proves(Row.POLLING_OFTEN)
    void frequentPollsAreNotRejected() throws Exception {
        try (Shop shop = cloud.paired()) {
            PolledTransaction payment = PolledTransaction.start(shop.register(), NEVER_ANSWERED);
            for (int i = 0; i < MANY; i++) {
                assertThat(shop.register().poll(payment.started()).status()).isEqualTo(200);
            }
            Waits.awaitRunning(shop, payment);
            shop.device().endPayment(Ending.APPROVE);
            payment.awaitCompleted(TIMEOUT);
        }
    }
}
