package dev.terminalcloud.local.sandbox;

import static org.assertj.core.api.Assertions.assertThat;

import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class SecretRedactionTest {

    @ParameterizedTest
    @ValueSource(
            strings = {
                "code",
                "pairingCode",
                "merchantAccessToken",
                "tokenHash",
                "secret",
                "secretHashes",
                "password",
                "callbackUrl"
            })
    void credentialsAreRedactedAtAnyDepth(String name) {
        JsonObject payload = JsonObject.of(
                name,
                "12345678",
                "inner",
                JsonObject.of(name, JsonObject.of("value", "12345678")),
                "list",
                JsonArray.of(JsonObject.of(name, "12345678")));

        JsonObject shown = SecretRedaction.of(payload);

        assertThat(shown.encode()).doesNotContain("12345678");
        assertThat(shown.getString(name)).isEqualTo(SecretRedaction.REDACTED);
    }

    @Test
    void otherMembersAreUnchanged() {
        JsonObject payload = new JsonObject(
                """
                {"type":"device.transaction-finished.v1","report":{"receipt":"APPROVED\\n\\n","amountTotalCents":500,
                 "transactionResult":"OK-ACCEPTED","resultCodes":[1,null,true]}}""");

        assertThat(SecretRedaction.of(payload)).isEqualTo(payload);
    }
}
