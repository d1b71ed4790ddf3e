package dev.terminalcloud.systemtests.posapi;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.JsonNode;
import dev.terminalcloud.systemtests.OneStack;
import dev.terminalcloud.systemtests.Shop;
import dev.terminalcloud.systemtests.Shops;
import dev.terminalcloud.systemtests.Transport;
import dev.terminalcloud.virtualregister.Answer;
import dev.terminalcloud.virtualregister.VirtualRegister;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;

/** The linked refund of the page {@code deploy/pos-api/README.md}, as it is printed there. */
@Tag("slow")
@ExtendWith(OneStack.class)
class RefundExampleTest {
    private static final Path PAGE = Path.of("../pos-api/README.md");
    private static final Pattern EXAMPLE = Pattern.compile("## Linked refunds.*?```sh\n(.*?)```", Pattern.DOTALL);
    private static final Duration TIMEOUT = Duration.ofMinutes(1);

    private final Shops shops;

    @TempDir
    private Path folder;

    RefundExampleTest(Shops shops) {
        this.shops = shops;
    }

    @Test
    void purchaseIsRefundedAsDocumented() throws Exception {
        TillExample.CURL.assumeInstalled();
        try (Shop shop = shops.unpaired(Transport.TCP, builder -> builder)) {
            VirtualRegister register =
                    shop.register().renamed("POSBusinessName", "Demo Shop").renamed("POSVendorName", "Demo POS");
            register.pair(shop.pairingCode());
            Answer purchase = register.startPurchase(500);
            await().atMost(TIMEOUT)
                    .until(() -> "OK-ACCEPTED".equals(register.poll(purchase).data("TransactionResult")));

            JsonNode refund = answered(register, purchase);
            JsonNode repeated = answered(register, purchase);

            assertThat(refund.at("/data/Function").asText()).as("%s", refund).isEqualTo("Card.Refund");
            assertThat(refund.at("/data/OriginalTransactionId"))
                    .isEqualTo(purchase.body().path("transactionId"));
            assertThat(repeated.path("transactionId")).isEqualTo(refund.path("transactionId"));
            await().atMost(TIMEOUT).until(() -> shop.ran().size() == 2);
            await().atMost(TIMEOUT)
                    .until(() -> shop.device().journal().pending().isEmpty());
            assertThat(shop.ran()).hasSize(2);
        }
    }

    /** Repeats the example after a 503, as a till does: a busy machine may give one. */
    private JsonNode answered(VirtualRegister register, Answer purchase) {
        return await().atMost(TIMEOUT)
                .until(
                        () -> PosApi.json(String.join("", refund(register, purchase))),
                        answer -> !answer.path("error").asText().contains("unavailable"));
    }

    /** Runs the example with the id of this register. */
    private List<String> refund(VirtualRegister register, Answer purchase) throws Exception {
        Matcher example = EXAMPLE.matcher(Files.readString(PAGE, UTF_8));
        assertThat(example.find()).isTrue();
        String script = example.group(1)
                .replace("till-1", register.names().get("POSRegisterID"))
                .replace("curl ", "curl -s ");
        String variables = "url='%s'; token='%s'; purchase='%s'\n"
                .formatted(
                        shops.site().http().toString().replaceFirst("/$", ""),
                        register.pairingToken(),
                        purchase.body().path("transactionId").asText());
        return Command.of(folder, "sh", "-euc", variables + script).run();
    }
}
