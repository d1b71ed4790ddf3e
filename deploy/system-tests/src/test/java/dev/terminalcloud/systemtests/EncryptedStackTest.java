package dev.terminalcloud.systemtests;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import dev.terminalcloud.systemtests.Site.Credentials;
import dev.terminalcloud.systemtests.TracesPage.Step;
import dev.terminalcloud.systemtests.TracesPage.Trace;
import dev.terminalcloud.virtualregister.Answer;
import dev.terminalcloud.virtualregister.FormBody;
import dev.terminalcloud.virtualregister.PosRequests;
import dev.terminalcloud.virtualregister.VirtualRegister;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.UUID;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.api.parallel.Isolated;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/**
 * The system with encryption and access control inside, as in production: Kafka with SASL_SSL, a user for each service and its ACLs;
 * PostgreSQL with TLS and passwords. And with traces and logs in JSON, which other stacks do not have.
 */
@Tag("slow")
@Isolated("starts a second stack")
class EncryptedStackTest {
    private static final Pattern REFUSED =
            Pattern.compile("(?i)not authorized|AuthorizationException|AuthenticationException|permission denied");
    private static final Pattern POSTGRES = Pattern.compile(" +PostgreSQL +(postgresql://[^ ,]+),.*");
    private static final String CALLBACK_SECRET = "secret-of-the-callback";
    private static final String CALLER_TRACE = "0af7651916cd43dd8448eb211c80319c";

    private static final JsonMapper JSON = JsonMapper.builder().build();

    private static Shops shops;

    @TempDir
    Path folder;

    @BeforeAll
    static void start() {
        shops = Shops.on(LocalStack.startEncrypted());
    }

    @AfterAll
    static void stop() {
        if (shops != null) {
            shops.close();
        }
    }

    @Test
    void pairingPurchaseAndUnpairingNeedNoOtherRight() throws Exception {
        try (Shop shop = shops.paired(Transport.TCP)) {
            PolledTransaction payment = PolledTransaction.start(shop.register(), 500);

            assertThat(payment.awaitCompleted(TestTimeouts.TIMEOUT).data("TransactionResult"))
                    .isEqualTo("OK-ACCEPTED");
            assertThat(shop.ran()).containsExactly(payment.id());
        }
        assertThat(refusals(shops.stack().logs())).isEmpty();
    }

    @Test
    void paymentIsOneTraceFromRequestToResult() throws Exception {
        try (Shop shop = shops.paired(Transport.TCP)) {
            PolledTransaction payment = PolledTransaction.start(shop.register(), purchaseWithCallback(shop));
            payment.awaitCompleted(TestTimeouts.TIMEOUT);

            Trace trace = awaitTrace(payment.id(), "POST callback");

            assertThat(trace.roots()).extracting(Step::name).containsExactly("POST /POS/Transaction");
            assertThat(trace.services()).containsExactlyInAnyOrder("transaction-service", "device-connector");
            assertThat(trace.pathTo(trace.step("send transaction-events", "transaction.completed.v1")))
                    .containsExactly(
                            "POST /POS/Transaction",
                            "send device-commands",
                            "process device-commands",
                            "deliver devices/{deviceId}/commands",
                            "receive devices/{deviceId}/events",
                            "send device-events",
                            "process device-events",
                            "send device-commands",
                            "process device-commands",
                            "deliver devices/{deviceId}/commands",
                            "receive devices/{deviceId}/events",
                            "send device-events",
                            "process device-events",
                            "send transaction-events");
            assertThat(trace.steps())
                    .extracting(Step::name)
                    .contains("store transaction", "process transaction-events", "POST callback");
            assertThat(trace.steps()).allSatisfy(step -> assertThat(step.attributes())
                    .as(step.name())
                    .containsEntry("terminal.transaction.id", payment.id().toString()));
            assertThat(trace.roots().get(0).attributes())
                    .containsEntry("terminal.device.id", shop.device().id())
                    .containsEntry(
                            "terminal.register.id", shop.register().names().get("POSRegisterID"))
                    .containsEntry("http.response.status_code", "200");
        }
    }

    @Test
    void pairingIsOneTraceThroughAllServices() throws Exception {
        try (Shop shop = shops.unpaired(Transport.TCP, device -> device)) {
            String code = shop.pairingCode();
            assertThat(shop.register().pair(code).status()).isEqualTo(200);

            String register = shop.register().names().get("POSRegisterID");
            Trace trace = await().atMost(TestTimeouts.TIMEOUT)
                    .until(
                            () -> page().oneWith("terminal.register.id", register),
                            found -> found.names().contains("process pairing-confirmations")
                                    && found.names().contains("deliver devices/{deviceId}/commands")
                                    && found.roots().size() == 1);

            assertThat(trace.roots()).extracting(Step::name).containsExactly("PUT /POS/Pairing/{code}");
            assertThat(trace.services())
                    .containsExactlyInAnyOrder("pairing-service", "transaction-service", "device-connector");
            assertThat(page().text()).doesNotContain(code);
            assertThat(logged("pairing-service", "Register paired with device"))
                    .extracting(line -> line.at("/mdc/traceId").asText())
                    .contains(trace.id());
        }
    }

    /** The connector can't deliver this command: with its quotation marks escaped, it is longer than the limit. */
    @Test
    void logLineOfTheConnectorNamesTransactionAndTrace() throws Exception {
        try (Shop shop = shops.paired(Transport.TCP)) {
            VirtualRegister register = shop.register();
            String unescaped =
                    FormBody.encode(register.purchase(500)) + "&SaleData=[\"\"" + ",\"\"".repeat(60_000) + "]";
            PolledTransaction payment = PolledTransaction.of(
                    register,
                    register.send(
                            PosRequests.form(register.url("Transaction")).POST(BodyPublishers.ofString(unescaped))));

            JsonNode line = await().atMost(TestTimeouts.TIMEOUT)
                    .until(
                            () -> logged("device-connector", "Command too large").stream()
                                    .filter(logged ->
                                            logged.path("message").asText().contains("transactionId=" + payment.id()))
                                    .findFirst()
                                    .orElse(null),
                            Objects::nonNull);
            Answer cancelled = register.cancel(payment.started());

            assertThat(cancelled.isCompleted()).as(cancelled.toString()).isTrue();
            assertThat(line.at("/mdc/transactionId").asText())
                    .isEqualTo(payment.id().toString());
            assertThat(line.at("/mdc/spanId").asText()).isNotEmpty();
            assertThat(line.at("/mdc/traceId").asText())
                    .isEqualTo(awaitTrace(payment.id()).id());
        }
    }

    @ParameterizedTest
    @EnumSource
    void misconfiguredProcessExitsWithOneLineThatSaysWhy(Misconfiguration wrong) throws Exception {
        MisconfiguredProcess exited = wrong.run(shops.stack(), folder);

        assertThat(exited.exitCode()).isEqualTo(1);
        assertThat(exited.lines(wrong.line())).as("%s", exited.output()).hasSize(1);
        assertThat(exited.lines("^\tat ")).isEmpty();
    }

    @Test
    void releaseTwoBeforeTheSchemaExitsWithOneLineThatSaysWhy() throws Exception {
        String database = shops.stack().printed(POSTGRES).orElseThrow().group(1);
        try (NewerSchema schema = NewerSchema.create("jdbc:" + database + "?user=postgres", "pairing")) {
            MisconfiguredProcess exited = MisconfiguredProcess.run(
                    shops.stack(), schema.schema() + "-service", "QUARKUS_FLYWAY_USERNAME", owner -> owner, folder);

            assertThat(exited.exitCode()).isEqualTo(1);
            assertThat(exited.lines(
                            "Startup failed, exiting: reason=PostgreSQL at .*: the schema is more than one release"
                                    + " ahead: .* needs a release that has " + NewerSchema.NEEDED))
                    .as("%s", exited.output())
                    .hasSize(1);
        }
    }

    @Test
    void pageWithTracesIsServed() throws Exception {
        HttpResponse<String> page = HttpClient.newHttpClient()
                .send(
                        HttpRequest.newBuilder(shops.site().http().resolve("/traces/"))
                                .build(),
                        BodyHandlers.ofString());

        assertThat(page.statusCode()).isEqualTo(200);
        assertThat(page.body()).contains("traces.js");
        assertThat(page.headers().firstValue("Content-Security-Policy")).isPresent();
    }

    @Test
    void traceOfTheCallerIsNotContinued() throws Exception {
        try (Shop shop = shops.paired(Transport.TCP)) {
            VirtualRegister register = shop.register();
            Answer started = register.send(register.requests()
                    .start(register.purchase(500))
                    .header("traceparent", "00-" + CALLER_TRACE + "-b7ad6b7169203331-00"));
            PolledTransaction payment = PolledTransaction.of(shop.register(), started);
            payment.awaitCompleted(TestTimeouts.TIMEOUT);

            assertThat(awaitTrace(payment.id()).id()).isNotEqualTo(CALLER_TRACE);
        }
    }

    @Test
    void noStepHasSecrets() throws Exception {
        try (Shop shop = shops.paired(Transport.TCP)) {
            PolledTransaction payment = PolledTransaction.start(shop.register(), purchaseWithCallback(shop));
            payment.awaitCompleted(TestTimeouts.TIMEOUT);
            String token =
                    payment.started().pollingUrl().getQuery().replaceFirst(".*merchantAccessToken=([^&]+).*", "$1");
            awaitTrace(payment.id(), "POST callback");

            assertThat(UUID.fromString(token)).isNotEqualTo(payment.id());
            assertThat(page().text())
                    .doesNotContain(token)
                    .doesNotContain(shop.register().pairingToken())
                    .doesNotContain(CALLBACK_SECRET)
                    .doesNotContain("merchantAccessToken")
                    .doesNotContain(shops.site().credentials().stream()
                            .map(Credentials::secret)
                            .distinct()
                            .toList());
        }
    }

    /** Returns the trace of the payment, once its result and these steps have arrived. */
    private static Trace awaitTrace(UUID transactionId, String... names) {
        return await().atMost(TestTimeouts.TIMEOUT)
                .until(
                        () -> page().oneWith("terminal.transaction.id", transactionId.toString()),
                        trace -> trace.hasStep("process transaction-events", "transaction.completed.v1")
                                && trace.names().containsAll(List.of(names))
                                && trace.roots().size() == 1);
    }

    /** The POS does not listen: the attempt is a step all the same. */
    private static Map<String, String> purchaseWithCallback(Shop shop) {
        Map<String, String> purchase = shop.register().purchase(500);
        purchase.put(
                "PosNotificationCallbackUrl",
                "http://127.0.0.1:%d/done?key=%s".formatted(LocalStack.freePort(), CALLBACK_SECRET));
        return purchase;
    }

    private static TracesPage page() {
        return TracesPage.of(shops.site());
    }

    /** Returns the lines of the service's log, all of which are JSON, that begin with this text. */
    private static List<JsonNode> logged(String service, String text) throws IOException {
        List<JsonNode> logged = new ArrayList<>();
        String log = Files.readString(shops.stack().logs().resolve(service + ".log"));
        String ended = log.substring(0, log.lastIndexOf('\n') + 1);
        for (String line : ended.lines().toList()) {
            JsonNode json = JSON.readTree(line);
            if (json.path("message").asText().startsWith(text)) {
                logged.add(json);
            }
        }
        return logged;
    }

    private static List<String> refusals(Path logs) throws IOException {
        try (Stream<Path> files = Files.list(logs)) {
            return files.flatMap(EncryptedStackTest::lines)
                    .filter(line -> REFUSED.matcher(line).find())
                    .toList();
        }
    }

    private static Stream<String> lines(Path log) {
        try {
            return Files.readAllLines(log).stream();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
