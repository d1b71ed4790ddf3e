package dev.terminalcloud.systemtests.posapi;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import dev.terminalcloud.systemtests.posapi.PosApi.ResponseExample;
import java.net.http.HttpHeaders;
import java.util.List;

/** A response. */
record Reply(int status, HttpHeaders headers, String text) {
    private static final List<String> HEADERS_OF_SOME = List.of("Retry-After", "Pairing-Token");

    JsonNode body() {
        return PosApi.json(text);
    }

    String pollingUrl() {
        return body().at("/data/PollingUrl").asText();
    }

    boolean isCompleted() {
        return body().path("transactionStatus").asText().equals("COMPLETED");
    }

    /** Asserts that the response is documented for the operation: status, headers, schema. */
    void assertDocumented(String operation) {
        JsonNode response = PosApi.COMMITTED.response(operation, status);
        assertThat(response.isMissingNode())
                .as("documented: %d %s", status, text)
                .isFalse();
        assertThat(headers.firstValue("Content-Type").orElse("")).startsWith("application/json");
        assertThat(headers.map().keySet())
                .usingElementComparator(String.CASE_INSENSITIVE_ORDER)
                .containsAll(DocumentedBody.requiredHeaders(response));
        HEADERS_OF_SOME.stream()
                .filter(name -> headers.firstValue(name).isPresent())
                .forEach(name -> assertThat(response.path("headers").has(name))
                        .as("documented: %s", name)
                        .isTrue());
        DocumentedBody.of(PosApi.content(response)).assertFits(body());
    }

    /** Asserts that the response matches the example. */
    void assertIsLike(ResponseExample example) {
        assertThat(status).as(text).isEqualTo(example.status());
        assertDocumented(example.operation());
        if (body().has("error")) {
            assertThat(example.comparable(body().path("error").asText()))
                    .isEqualTo(example.comparable(example.body().path("error").asText()));
            return;
        }
        JsonNode response = PosApi.COMMITTED.response(example.operation(), status);
        DocumentedBody.of(PosApi.content(response)).assertIsLike(example.body(), body());
    }
}
