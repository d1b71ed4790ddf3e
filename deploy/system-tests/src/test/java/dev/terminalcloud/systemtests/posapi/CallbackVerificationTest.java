package dev.terminalcloud.systemtests.posapi;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.standardwebhooks.Webhook;
import com.standardwebhooks.exceptions.WebhookVerificationException;
import dev.terminalcloud.systemtests.Installation;
import dev.terminalcloud.systemtests.OneStack;
import dev.terminalcloud.systemtests.Shops;
import dev.terminalcloud.systemtests.posapi.CallbackListener.Notice;
import java.io.IOException;
import java.nio.file.Files;
import java.util.UUID;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/** The official libraries of Standard Webhooks verify a callback as the documentation shows. */
@Tag("slow")
@ExtendWith(OneStack.class)
class CallbackVerificationTest {
    private static final JsonMapper JSON = JsonMapper.builder().build();

    private final RegisterFactory registers;

    private record SignedCallback(String token, Notice notice) {}

    CallbackVerificationTest(Shops shops) {
        this.registers = new RegisterFactory(shops);
    }

    @Test
    void javaExampleVerifiesACallback() throws Exception {
        SignedCallback callback = receive();
        Notice notice = callback.notice();

        CallbackVerifier.verify(callback.token(), notice.headers(), notice.body());
        String otherToken = UUID.randomUUID().toString();
        assertThatThrownBy(() -> CallbackVerifier.verify(otherToken, notice.headers(), notice.body()))
                .isInstanceOf(WebhookVerificationException.class);
        assertThatThrownBy(() -> new Webhook(callback.token())).isInstanceOf(IllegalArgumentException.class);
    }

    @Test
    @ExtendWith(NeedsClientTools.class)
    void javaScriptExampleVerifiesACallback() throws Exception {
        SignedCallback callback = receive();

        String verified = StandardWebhooksLibrary.verify(input(callback.token(), callback.notice()));
        assertThat(JSON.readTree(verified))
                .isEqualTo(JSON.readTree(callback.notice().body()));
        String otherToken = UUID.randomUUID().toString();
        assertThat(StandardWebhooksLibrary.verify(input(otherToken, callback.notice())))
                .isEmpty();
    }

    @Test
    void documentationHasTheExamples() throws IOException {
        String documentation = Files.readString(Installation.root().resolve("deploy/pos-api/README.md"));
        String java = Files.readString(
                Installation.root()
                        .resolve(
                                "deploy/system-tests/src/test/java/dev/terminalcloud/systemtests/posapi/CallbackVerifier.java"));

        assertThat(documentation)
                .contains("```js\n" + StandardWebhooksLibrary.example() + "```")
                .contains("```java\n" + java.substring(java.indexOf("import ")) + "```");
    }

    private SignedCallback receive() throws Exception {
        try (CallbackListener pos = new CallbackListener();
                TestRegister register = registers.create().paired()) {
            Reply started = register.start(
                    Form.FORM, register.with("startTransaction", "purchase", "PosNotificationCallbackUrl", pos.url()));
            return new SignedCallback(started.body().path("merchantAccessToken").asText(), pos.await());
        }
    }

    private static ObjectNode input(String token, Notice notice) {
        ObjectNode input = JSON.createObjectNode().put("token", token).put("body", notice.body());
        ObjectNode headers = input.putObject("headers");
        notice.headers().forEach((name, values) -> headers.put(name, values.get(0)));
        return input;
    }
}
