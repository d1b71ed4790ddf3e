package dev.terminalcloud.systemtests.conformance;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import dev.terminalcloud.virtualregister.Answer;
import java.util.Map;

/** Assertions on responses of the POS API. */
final class Expected {
    static final String INVALID_CODE = "Invalid Pairing Code. Please make sure you entered the code correctly";
    static final String NOT_PAIRED = "This register is not paired to a device, please pair it first.";
    static final String INVALID_TOKEN = "Invalid token";

    private static final String UUID_TEXT = "[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}";
    private static final JsonMapper JSON = JsonMapper.builder().build();

    private Expected() {}

    /** Asserts exactly this error. */
    static void assertRefused(Answer answer, int status, String text) {
        assertError(answer, status);
        assertThat(answer.body()).isEqualTo(JSON.valueToTree(Map.of("error", text)));
    }

    /** Asserts 400 with a text that names the parameter. */
    static void assertNames(Answer answer, String parameter) {
        assertError(answer, 400);
        assertThat(answer.body().path("error").asText()).contains(parameter);
    }

    /** Asserts {@code {"error":"<text>"}} and nothing else, as JSON. */
    static void assertError(Answer answer, int status) {
        assertThat(answer.status()).as(answer.toString()).isEqualTo(status);
        assertJson(answer);
        assertThat(answer.body().size()).as(answer.text()).isEqualTo(1);
        assertThat(answer.body().path("error").asText()).as(answer.text()).isNotBlank();
    }

    static void assertJson(Answer answer) {
        assertThat(answer.contentType()).as(answer.toString()).startsWith("application/json");
        assertThat(answer.body().isObject()).as(answer.text()).isTrue();
    }

    static void assertStarted(Answer answer) {
        assertEnvelope(answer, "PENDING");
        assertThat(answer.body().has("merchantAccessToken")).isTrue();
    }

    /** Asserts status 200 and the members of the envelope. */
    static void assertEnvelope(Answer answer, String transactionStatus) {
        assertThat(answer.status()).as(answer.toString()).isEqualTo(200);
        assertJson(answer);
        JsonNode body = answer.body();
        assertThat(body.path("transactionId").asText()).matches(UUID_TEXT);
        assertThat(body.path("transactionTimeStamp").asText()).matches("[0-9]{18}");
        assertThat(body.path("merchantId").asText()).matches(UUID_TEXT);
        assertThat(body.path("deviceId").asText()).matches("[0-9]{1,14}");
        assertThat(body.path("transactionStatus").asText()).as(answer.text()).isEqualTo(transactionStatus);
        assertData(body.path("data"));
    }

    private static void assertData(JsonNode data) {
        assertThat(data.isObject()).isTrue();
        data.properties().forEach(member -> {
            assertThat(member.getValue().isTextual()).as(member.toString()).isTrue();
            assertThat(member.getKey()).as("PascalCase").matches("[A-Z].*");
            if (member.getKey().startsWith("Amount")) {
                assertThat(member.getValue().asText()).as(member.getKey()).matches("[0-9]+");
            }
        });
    }

    /** Asserts one row of the table of situations. */
    static void assertSituation(Answer answer, String transactionStatus, String transactionResult, String result) {
        assertEnvelope(answer, transactionStatus);
        assertThat(answer.data("TransactionResult")).as(answer.text()).isEqualTo(transactionResult);
        assertThat(answer.data("Result")).as(answer.text()).isEqualTo(result);
    }

    static void assertDelayed(Answer answer) {
        assertSituation(answer, "PENDING", "OK-DELAYED", "DELAYED-TRANSACTION");
        assertThat(answer.data("ResultText")).isEqualTo("Transaction takes longer than usual");
    }

    static void assertApproved(Answer answer) {
        assertSituation(answer, "COMPLETED", "OK-ACCEPTED", "OK");
    }
}
