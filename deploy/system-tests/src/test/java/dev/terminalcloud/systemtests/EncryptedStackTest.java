package dev.terminalcloud.systemtests;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.parallel.Isolated;

/**
 * The system with encryption and access control inside, as in production: Kafka with SASL_SSL, a user for each service and its ACLs;
 * PostgreSQL with TLS and passwords.
 */
@Tag("slow")
@Isolated("starts a second stack")
class EncryptedStackTest {
    private static final Pattern REFUSED =
            Pattern.compile("(?i)not authorized|AuthorizationException|AuthenticationException|permission denied");

    @Test
    void pairingPurchaseAndUnpairingNeedNoOtherRight() throws Exception {
        try (LocalStack stack = LocalStack.startEncrypted()) {
            Shops shops = Shops.on(stack);
            try (Shop shop = shops.paired(Transport.TCP)) {
                PolledTransaction payment = PolledTransaction.start(shop.register(), 500);

                assertThat(payment.awaitCompleted(TestTimeouts.TIMEOUT).data("TransactionResult"))
                        .isEqualTo("OK-ACCEPTED");
                assertThat(shop.ran()).containsExactly(payment.id());
            }
            assertThat(refusals(stack.logs())).isEmpty();
        }
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
