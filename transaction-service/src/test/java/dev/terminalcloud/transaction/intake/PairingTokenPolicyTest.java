package dev.terminalcloud.transaction.intake;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.terminalcloud.events.RequestedAmounts;
import dev.terminalcloud.posapi.ApiException;
import dev.terminalcloud.posapi.PairingToken;
import dev.terminalcloud.transaction.TransactionConfiguration;
import dev.terminalcloud.transaction.lifecycle.RegisterIdentity;
import dev.terminalcloud.transaction.lifecycle.TransactionFunction;
import dev.terminalcloud.transaction.lifecycle.TransactionRequest;
import io.quarkus.runtime.configuration.DurationConverter;
import io.quarkus.runtime.configuration.MemorySize;
import io.quarkus.runtime.configuration.MemorySizeConverter;
import io.smallrye.config.PropertiesConfigSource;
import io.smallrye.config.SmallRyeConfigBuilder;
import java.time.Duration;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Which starts need the pairing token, by configuration. */
class PairingTokenPolicyTest {
    private static final int HIGH = 100;
    private static final RegisterIdentity REGISTER = new RegisterIdentity("Vendor", "Business", "till-1");

    @Test
    void byDefaultNothingNeedsAToken() {
        assertThat(functionsThatNeedAToken(policy(Map.of()), "Vendor")).isEmpty();
    }

    @Test
    void strictVendorNeedsATokenForEverything() {
        PairingTokenPolicy policy = policy(Map.of("transaction.strict-vendors", "Other\\, Inc.,Vendor"));

        assertThat(functionsThatNeedAToken(policy, "Vendor")).containsExactly(TransactionFunction.values());
        assertThat(functionsThatNeedAToken(policy, "Other, Inc.")).containsExactly(TransactionFunction.values());
        assertThat(functionsThatNeedAToken(policy, "vendor")).isEmpty();
    }

    @Test
    void allVendorsMayBeStrict() {
        PairingTokenPolicy policy = policy(Map.of("transaction.strict-vendors", "*"));

        assertThat(functionsThatNeedAToken(policy, "Vendor")).containsExactly(TransactionFunction.values());
    }

    @Test
    void listedFunctionsNeedATokenOfEveryVendor() {
        PairingTokenPolicy policy =
                policy(Map.of("transaction.token-functions", "Card.Refund,Acquirer.Settlement.*,Terminal.ReadCard"));

        assertThat(functionsThatNeedAToken(policy, "Vendor"))
                .containsExactlyInAnyOrder(
                        TransactionFunction.CARD_REFUND,
                        TransactionFunction.ACQUIRER_SETTLEMENT_INQUIRY,
                        TransactionFunction.ACQUIRER_SETTLEMENT_CUTOVER,
                        TransactionFunction.TERMINAL_READ_CARD);
    }

    @ParameterizedTest
    @ValueSource(strings = {"Card.Refunds", "card.refund", "Cash.*", "*.Refund", "Card.*.Refund", "Card"})
    void unknownFunctionPreventsStartup(String entry) {
        Map<String, String> values = Map.of("transaction.token-functions", "Card.Refund," + entry);

        assertThatThrownBy(() -> policy(values))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage("transaction.token-functions must list transaction types such as Card.Refund or Acquirer.*,"
                        + " was " + entry);
    }

    @Test
    void allVendorsAndANamePreventStartup() {
        Map<String, String> values = Map.of("transaction.strict-vendors", "*,Vendor");

        assertThatThrownBy(() -> policy(values))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage("transaction.strict-vendors must list vendor names, or * alone, was *,Vendor");
    }

    @Test
    void missingTokenIsRejectedAndASentOneIsLeftToTheLookup() {
        PairingTokenPolicy policy = policy(Map.of("transaction.token-functions", "Card.Refund"));

        assertThatThrownBy(() -> policy.checkPresent(start(TransactionFunction.CARD_REFUND, null), Optional.empty()))
                .isInstanceOf(ApiException.class)
                .hasMessage("Pairing-Token is missing");
        assertThatCode(() -> policy.checkPresent(
                        start(TransactionFunction.CARD_REFUND, null), Optional.of(new PairingToken("any"))))
                .doesNotThrowAnyException();
        assertThatCode(() -> policy.checkPresent(start(TransactionFunction.CARD_PURCHASE, null), Optional.empty()))
                .doesNotThrowAnyException();
    }

    @Test
    void linkedRefundAlwaysNeedsAToken() {
        PairingTokenPolicy policy = policy(Map.of());

        assertThatThrownBy(() -> policy.checkPresent(
                        start(TransactionFunction.CARD_REFUND, UUID.randomUUID()), Optional.empty()))
                .isInstanceOf(ApiException.class)
                .hasMessage("Pairing-Token is missing");
        assertThatCode(() -> policy.checkPresent(start(TransactionFunction.CARD_REFUND, null), Optional.empty()))
                .doesNotThrowAnyException();
    }

    private static StartRequest start(TransactionFunction function, UUID originalId) {
        TransactionRequest request = new TransactionRequest(function, RequestedAmounts.ofTotal(500), null, null, null);
        return new StartRequest(
                UUID.randomUUID(),
                StartRequest.Mode.ASYNC,
                REGISTER,
                request,
                Optional.empty(),
                null,
                null,
                originalId,
                null,
                null);
    }

    private static List<TransactionFunction> functionsThatNeedAToken(PairingTokenPolicy policy, String vendor) {
        return Arrays.stream(TransactionFunction.values())
                .filter(function -> policy.needsToken(vendor, function))
                .toList();
    }

    private static PairingTokenPolicy policy(Map<String, String> configured) {
        Map<String, String> values = new HashMap<>(Map.of("transaction.public-url", "http://gateway.test"));
        values.putAll(configured);
        return new PairingTokenPolicy(new SmallRyeConfigBuilder()
                .withMapping(TransactionConfiguration.class)
                .withConverter(Duration.class, HIGH, new DurationConverter())
                .withConverter(MemorySize.class, HIGH, new MemorySizeConverter())
                .withSources(new PropertiesConfigSource(values, "test", HIGH))
                .build()
                .getConfigMapping(TransactionConfiguration.class));
    }
}
