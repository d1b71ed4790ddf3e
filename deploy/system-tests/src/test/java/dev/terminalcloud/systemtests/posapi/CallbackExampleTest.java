package dev.terminalcloud.systemtests.posapi;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.TextNode;
import dev.terminalcloud.systemtests.OneStack;
import dev.terminalcloud.systemtests.Shops;
import dev.terminalcloud.systemtests.posapi.CallbackListener.Notice;
import java.security.GeneralSecurityException;
import java.util.Base64;
import java.util.List;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/** The callback is as documented, and its signature can be checked as documented. */
@Tag("slow")
@ExtendWith(OneStack.class)
class CallbackExampleTest {
    private final RegisterFactory registers;

    CallbackExampleTest(Shops shops) {
        this.registers = new RegisterFactory(shops);
    }

    @Test
    void callbackIsAsDocumented() throws Exception {
        try (CallbackListener pos = new CallbackListener();
                TestRegister register = registers.create().paired()) {
            Reply started = register.start(
                    Form.FORM, register.with("startTransaction", "purchase", "PosNotificationCallbackUrl", pos.url()));
            Notice notice = pos.await();

            assertThat(notice.method()).isEqualTo("POST");
            assertBody(PosApi.json(notice.body()));
            assertHeaders(notice, started);
        }
    }

    @Test
    void notificationIsAsDocumented() throws Exception {
        try (CallbackListener pos = new CallbackListener();
                TestRegister register = registers.create()) {
            register.pair(
                    Form.FORM,
                    register.with("pair", "pairing", "PosNotificationCallbackUrl", pos.url()),
                    register.freshCode());
            register.unpair(
                    Form.FORM,
                    register.parametersOf("unpair", "unpairing"),
                    register.token().get());
            Notice notice = pos.await();

            DocumentedBody documented =
                    DocumentedBody.of(PosApi.COMMITTED.notification().at("/requestBody/content/application~1json"));
            for (String example : List.of("unpaired", "moved", "offline", "online")) {
                documented.assertFits(PosApi.COMMITTED.notificationExample(example));
            }
            documented.assertFits(PosApi.json(notice.body()));
            documented.assertIsLike(PosApi.COMMITTED.notificationExample("unpaired"), PosApi.json(notice.body()));
        }
    }

    private static void assertBody(JsonNode body) {
        DocumentedBody documented =
                DocumentedBody.of(PosApi.COMMITTED.callback().at("/requestBody/content/application~1json"));
        documented.assertFits(PosApi.COMMITTED.callbackExample());
        documented.assertFits(body);
        documented.assertIsLike(PosApi.COMMITTED.callbackExample(), body);
    }

    private static void assertHeaders(Notice notice, Reply started) throws GeneralSecurityException {
        for (JsonNode parameter : PosApi.COMMITTED.callback().path("parameters")) {
            String value = notice.headers().getFirst(parameter.path("name").asText());
            assertThat(value).as(parameter.path("name").asText()).isNotNull();
            DocumentedBody.of(parameter).assertFits(TextNode.valueOf(value));
        }
        String token = started.body().path("merchantAccessToken").asText();
        String signed = notice.headers().getFirst("webhook-id")
                + "."
                + notice.headers().getFirst("webhook-timestamp")
                + "."
                + notice.body();
        Mac mac = Mac.getInstance("HmacSHA256");
        mac.init(new SecretKeySpec(token.getBytes(UTF_8), "HmacSHA256"));
        assertThat(notice.headers().getFirst("webhook-signature"))
                .isEqualTo("v1," + Base64.getEncoder().encodeToString(mac.doFinal(signed.getBytes(UTF_8))));
    }
}
