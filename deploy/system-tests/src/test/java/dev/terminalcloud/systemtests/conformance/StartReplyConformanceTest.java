package dev.terminalcloud.systemtests.conformance;

import static dev.terminalcloud.systemtests.conformance.Expected.NOT_PAIRED;
import static dev.terminalcloud.systemtests.conformance.Expected.assertRefused;
import static dev.terminalcloud.systemtests.conformance.Expected.assertStarted;
import static dev.terminalcloud.systemtests.conformance.Waits.NEVER_ANSWERED;
import static dev.terminalcloud.systemtests.conformance.Waits.TIMEOUT;
import static java.time.ZoneOffset.UTC;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import com.fasterxml.jackson.databind.JsonNode;
import dev.terminalcloud.systemtests.PolledTransaction;
import dev.terminalcloud.systemtests.Shop;
import dev.terminalcloud.virtualdevice.behaviour.Ending;
import dev.terminalcloud.virtualregister.Answer;
import dev.terminalcloud.virtualregister.VirtualRegister;
import java.net.URI;
import java.time.Instant;
import java.time.LocalDateTime;
import java.time.format.DateTimeFormatter;
import java.time.temporal.ChronoUnit;
import java.util.Locale;
import java.util.Set;
import java.util.TreeSet;
import org.junit.jupiter.api.parallel.ResourceLock;

/** Section 3: responses to a start. */
@Conformance
class StartReplyConformanceTest {
    private static final DateTimeFormatter TIME_STAMP = DateTimeFormatter.ofPattern("yyyyMMddHHmmssSSSS", Locale.ROOT);

    private final TargetSystem cloud;

    StartReplyConformanceTest(TargetSystem cloud) {
        this.cloud = cloud;
    }

    @Proves(Row.REPLY)
    void replyIsTheEnvelope() throws Exception {
        try (Shop shop = cloud.paired()) {
            VirtualRegister register = shop.register();
            PolledTransaction payment = PolledTransaction.start(register, 500);
            Answer started = payment.started();

            assertStarted(started);
            assertThat(members(started.body()))
                    .contains(
                            "transactionId",
                            "transactionTimeStamp",
                            "merchantId",
                            "deviceId",
                            "transactionStatus",
                            "merchantAccessToken",
                            "data")
                    .doesNotContain("RecordExpiry");
            assertThat(members(started.body().path("data")))
                    .contains(
                            "PosVendor",
                            "PosRegisterID",
                            "PosBusinessName",
                            "AmountTotal",
                            "DeviceID",
                            "Function",
                            "PollingUrl")
                    .doesNotContain("TransactionResult", "Result");
            assertThat(started.data("DeviceID")).isEqualTo(shop.device().id());
            assertThat(started.data("PosVendor")).isEqualTo(register.names().get("POSVendorName"));
            payment.awaitCompleted(TIMEOUT);
        }
    }

    @Proves(Row.TIME_STAMP)
    void timeStampIsTheIntakeInUtc() throws Exception {
        try (Shop shop = cloud.paired()) {
            PolledTransaction payment = PolledTransaction.start(shop.register(), 500);
            String text = payment.started().body().path("transactionTimeStamp").asText();

            assertThat(text).matches("[0-9]{18}");
            assertThat(LocalDateTime.parse(text, TIME_STAMP).toInstant(UTC))
                    .isCloseTo(Instant.now(), within(5, ChronoUnit.MINUTES));
            Answer completed = payment.awaitCompleted(TIMEOUT);
            assertThat(completed.body().path("transactionTimeStamp").asText()).isEqualTo(text);
        }
    }

    @Proves(Row.POLLING_URL)
    void pollingUrlIsUsedVerbatim() throws Exception {
        try (Shop shop = cloud.paired()) {
            PolledTransaction payment = PolledTransaction.start(shop.register(), 500);
            Answer started = payment.started();
            URI url = started.pollingUrl();

            assertThat(url.isAbsolute()).isTrue();
            assertThat(url)
                    .hasPath(shop.register()
                            .url("/pos/transaction/" + payment.id())
                            .getPath());
            assertThat(url)
                    .hasQuery("merchantAccessToken="
                            + started.body().path("merchantAccessToken").asText());
            assertThat(url.getAuthority())
                    .isEqualTo(shop.register().url("Transaction").getAuthority());
            assertThat(payment.awaitCompleted(TIMEOUT).status()).isEqualTo(200);
        }
    }

    @Proves(Row.MERCHANT_ID)
    @ResourceLock(TargetSystem.SECOND_DEVICE)
    void merchantIsVendorAndBusiness() throws Exception {
        cloud.requireDevices(2);
        try (Shop shop = cloud.paired();
                Shop branch = cloud.paired()) {
            String merchant = merchantOf(shop.register());

            assertThat(merchantOf(shop.register())).isEqualTo(merchant);
            assertThat(merchantOf(branch.register())).isEqualTo(merchant);
            VirtualRegister otherBusiness = branch.register().renamed("POSBusinessName", "Other Business");
            assertThat(otherBusiness.pair(branch.pairingCode()).status()).isEqualTo(200);
            assertThat(merchantOf(otherBusiness)).isNotEqualTo(merchant);
        }
    }

    @Proves(Row.DEVICE_ID)
    void deviceIdsAreDigits() throws Exception {
        try (Shop shop = cloud.paired()) {
            PolledTransaction payment = PolledTransaction.start(shop.register(), 500);

            assertThat(payment.started().body().path("deviceId").asText())
                    .matches("[0-9]{1,14}")
                    .isEqualTo(shop.device().id());
            payment.awaitCompleted(TIMEOUT);
        }
    }

    @Proves(Row.NOT_PAIRED)
    void registerWithoutAPairingIsRefused() {
        cloud.requireOriginalVendor();
        assertRefused(cloud.register().startPurchase(500), 400, NOT_PAIRED);
    }

    @Proves(Row.BUSY)
    void busyDeviceTakesNoOther() throws Exception {
        try (Shop shop = cloud.paired()) {
            PolledTransaction payment = PolledTransaction.start(shop.register(), NEVER_ANSWERED);
            Waits.awaitRunning(shop, payment);

            assertRefused(shop.register().startPurchase(500), 429, "device is busy");

            shop.device().endPayment(Ending.APPROVE);
            payment.awaitCompleted(TIMEOUT);
            PolledTransaction.start(shop.register(), 500).awaitCompleted(TIMEOUT);
            assertThat(shop.ran()).hasSize(2);
        }
    }

    private static String merchantOf(VirtualRegister register) {
        PolledTransaction payment = PolledTransaction.start(register, 500);
        payment.awaitCompleted(TIMEOUT);
        return payment.started().body().path("merchantId").asText();
    }

    private static Set<String> members(JsonNode object) {
        Set<String> names = new TreeSet<>();
        object.fieldNames().forEachRemaining(names::add);
        return names;
    }
}
