package dev.terminalcloud.systemtests.conformance;

import static dev.terminalcloud.systemtests.conformance.Expected.NOT_PAIRED;
import static dev.terminalcloud.systemtests.conformance.Expected.assertRefused;
import static dev.terminalcloud.systemtests.conformance.Expected.assertStarted;
import static dev.terminalcloud.systemtests.conformance.Waits.TIMEOUT;
import static dev.terminalcloud.virtualregister.FormBody.encode;
import static dev.terminalcloud.virtualregister.PosRequests.form;
import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.json.JsonMapper;
import dev.terminalcloud.systemtests.PolledTransaction;
import dev.terminalcloud.systemtests.Shop;
import dev.terminalcloud.virtualregister.Answer;
import dev.terminalcloud.virtualregister.VirtualRegister;
import java.net.URI;
import java.net.URLEncoder;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.stream.Collectors;

/** Section 1: where parameters may be, and how they may be written. */
@Conformance
class ParametersConformanceTest {
    private static final JsonMapper JSON = JsonMapper.builder().build();

    private final TargetSystem cloud;

    ParametersConformanceTest(TargetSystem cloud) {
        this.cloud = cloud;
    }

    @Proves(Row.FORM_BODY)
    void formMayHaveOneOfFourCharsets() throws Exception {
        try (Shop shop = cloud.paired()) {
            VirtualRegister register = shop.register();
            String body = encode(register.purchase(500));
            for (String charset : List.of("", "; charset=utf-8", ";charset=\"UTF-8\"", "; charset=x-unknown")) {
                pays(shop, post(register, "application/x-www-form-urlencoded" + charset, body));
            }
            String latin = register.purchase(500).entrySet().stream()
                    .map(parameter -> parameter.getKey() + "=" + URLEncoder.encode(parameter.getValue(), ISO_8859_1))
                    .collect(Collectors.joining("&"));
            for (String charset : List.of("ISO-8859-1", "latin1", "windows-1252", "cp1252")) {
                pays(shop, post(register, "application/x-www-form-urlencoded; charset=" + charset, latin));
            }
            pays(shop, post(register, "application/x-www-form-urlencoded; charset=US-ASCII", body));
            for (String charset : List.of("utf-16", "x-JISAutoDetect", "Shift_JIS")) {
                Answer rejected = post(register, "application/x-www-form-urlencoded; charset=" + charset, body);
                assertThat(rejected.status()).as(rejected.toString()).isEqualTo(415);
            }
        }
    }

    @Proves(Row.JSON_BODY)
    void bodyMayBeJson() throws Exception {
        try (Shop shop = cloud.unpaired()) {
            VirtualRegister register = shop.register();
            HttpRequest.Builder pairing = HttpRequest.newBuilder(register.url("Pairing/" + shop.pairingCode()))
                    .header("Content-Type", "application/json")
                    .PUT(BodyPublishers.ofString(json(register.names())));

            assertThat(register.send(pairing).text()).isEqualTo("{\"result\":\"success\"}");
            pays(shop, post(register, "application/json; charset=utf-8", json(register.purchase(500))));
        }
    }

    @Proves(Row.BODY_WINS)
    void bodyWinsOverTheQuery() throws Exception {
        try (Shop shop = cloud.paired()) {
            VirtualRegister register = shop.register();
            Map<String, String> body = register.transaction("Card.Purchase", Map.of());
            Map<String, String> query = Map.of("AmountTotal", "700", "TransactionType", "Card.Refund");

            Answer started =
                    register.send(form(withQuery(register, query)).POST(BodyPublishers.ofString(encode(body))));

            assertThat(started.data("AmountTotal")).as(started.toString()).isEqualTo("700");
            assertThat(started.data("Function")).isEqualTo("Card.Purchase");
            PolledTransaction.of(register, started).awaitCompleted(TIMEOUT);
        }
    }

    @Proves(Row.QUERY_ALONE)
    void allParametersMayBeInTheQuery() throws Exception {
        try (Shop shop = cloud.unpaired()) {
            VirtualRegister register = shop.register();
            URI pairing = URI.create(register.url("Pairing/" + shop.pairingCode()) + "?" + encode(register.names()));

            assertThat(register.send(form(pairing).PUT(BodyPublishers.noBody())).text())
                    .isEqualTo("{\"result\":\"success\"}");
            URI start = withQuery(register, register.purchase(500));
            pays(shop, register.send(HttpRequest.newBuilder(start).POST(BodyPublishers.noBody())));
        }
    }

    @Proves(Row.SLOPPY_BODY)
    void bodyNeedNotBeEncoded() throws Exception {
        try (Shop shop = cloud.unpaired()) {
            VirtualRegister register =
                    shop.register().renamed("POSBusinessName", "100% Joe's / Café & Söhne, M&M: {a|b} #1?");
            Answer paired = register.pair(shop.pairingCode());
            assertThat(paired.status()).as(paired.toString()).isEqualTo(200);
            String raw = register.purchase(500).entrySet().stream()
                    .map(parameter -> parameter.getKey() + "=" + parameter.getValue())
                    .collect(Collectors.joining("&"));

            Answer started = post(register, "application/x-www-form-urlencoded", raw);

            pays(shop, started);
            assertThat(started.data("PosBusinessName")).isEqualTo(register.businessName());
        }
    }

    @Proves(Row.SLOPPY_QUERY)
    void queryNeedNotBeEncoded() throws Exception {
        try (Shop shop = cloud.paired()) {
            VirtualRegister register = shop.register();
            String target = register.url("Transaction").getPath() + "?" + encode(register.purchase(500))
                    + "&SaleData={\"version\":\"1.0.0\",\"saleData\":{\"totalAmount\":\"5.00|[a]^`<%>é\"}}";

            Answer started = RawHttp.posts(register.url("Transaction"), target);

            assertStarted(started);
            Answer completed = PolledTransaction.of(register, started).awaitCompleted(TIMEOUT);
            assertThat(completed.data("SaleData"))
                    .isEqualTo("{\"version\":\"1.0.0\",\"saleData\":{\"totalAmount\":\"5.00|[a]^`<%>é\"}}");
        }
    }

    @Proves(Row.NAMES_IGNORE_CASE)
    void namesMatchInAnyCase() throws Exception {
        try (Shop shop = cloud.unpaired()) {
            VirtualRegister register = shop.register();
            Map<String, String> upperCase = new LinkedHashMap<>();
            register.names().forEach((name, value) -> upperCase.put(name.toUpperCase(Locale.ROOT), value));
            Answer paired = register.pair(shop.pairingCode(), upperCase);
            assertThat(paired.status()).as(paired.toString()).isEqualTo(200);

            Map<String, String> lowerCase = new LinkedHashMap<>();
            register.purchase(500).forEach((name, value) -> lowerCase.put(name.toLowerCase(Locale.ROOT), value));

            pays(shop, register.start(lowerCase));
        }
    }

    @Proves(Row.UNKNOWN_PARAMETERS)
    void unknownParametersAreIgnored() throws Exception {
        try (Shop shop = cloud.unpaired()) {
            VirtualRegister register = shop.register();
            Map<String, String> pairing = register.names();
            pairing.put("Unknown", "1");
            Answer paired = register.pair(shop.pairingCode(), pairing);
            assertThat(paired.status()).as(paired.toString()).isEqualTo(200);

            Map<String, String> purchase = register.purchase(500);
            purchase.put("Unknown", "1");
            purchase.put("Currency", "AUD");

            pays(shop, register.start(purchase));
            for (String stray : List.of("&", "&&", "&debug", "&debug&", "& ", "&\r\n")) {
                String body = encode(register.purchase(500));
                pays(shop, post(register, "application/x-www-form-urlencoded", body + stray));
                pays(shop, post(register, "application/x-www-form-urlencoded", body.replace("&", "&&") + stray));
            }
        }
    }

    @Proves(Row.NAME_WITH_SPACE)
    void nameMayContainASpace() throws Exception {
        try (Shop shop = cloud.unpaired()) {
            VirtualRegister register = shop.register();
            String body = encode(register.names()) + "&Contact+Name=Jo+Doe";

            Answer paired = register.send(
                    form(register.url("Pairing/" + shop.pairingCode())).PUT(BodyPublishers.ofString(body)));
            Answer tooLong = register.send(form(register.url("Pairing/" + shop.pairingCode()))
                    .PUT(BodyPublishers.ofString(encode(register.names()) + "&Contact+Name=" + "x".repeat(5_000))));

            assertThat(paired.text()).isEqualTo("{\"result\":\"success\"}");
            Expected.assertNames(tooLong, "Contact Name");
        }
    }

    @Proves(Row.VALUES_AS_RECEIVED)
    void valuesAreEchoedAndComparedAsReceived() throws Exception {
        try (Shop shop = cloud.unpaired()) {
            VirtualRegister register = shop.register()
                    .renamed("POSRegisterID", "db/" + shop.register().names().get("POSRegisterID") + ": 'é'&\u6f22")
                    .renamed("POSBusinessName", " Käthe & Joe's: A/B ");
            Answer paired = register.pair(shop.pairingCode());
            assertThat(paired.status()).as(paired.toString()).isEqualTo(200);

            Answer started = register.startPurchase(500);

            assertStarted(started);
            assertThat(started.data("PosRegisterID")).isEqualTo(register.names().get("POSRegisterID"));
            assertThat(started.data("PosBusinessName")).isEqualTo(register.businessName());
            assertThat(started.data("PosVendor")).isEqualTo(register.names().get("POSVendorName"));
            PolledTransaction.of(register, started).awaitCompleted(TIMEOUT);
            VirtualRegister trimmed =
                    register.renamed("POSBusinessName", register.businessName().strip());
            assertRefused(trimmed.startPurchase(500), 400, NOT_PAIRED);
        }
    }

    private static void pays(Shop shop, Answer started) {
        assertStarted(started);
        PolledTransaction.of(shop.register(), started).awaitCompleted(TIMEOUT);
    }

    private static Answer post(VirtualRegister register, String contentType, String body) {
        return register.send(HttpRequest.newBuilder(register.url("Transaction"))
                .header("Content-Type", contentType)
                .POST(BodyPublishers.ofString(body)));
    }

    private static URI withQuery(VirtualRegister register, Map<String, String> parameters) {
        return URI.create(register.url("Transaction") + "?" + encode(parameters));
    }

    private static String json(Map<String, String> parameters) throws JsonProcessingException {
        return JSON.writeValueAsString(parameters);
    }
}
