package dev.terminalcloud.transaction.intake;

import dev.terminalcloud.posapi.PosParameters;
import dev.terminalcloud.transaction.lifecycle.TransactionFunction;
import java.util.Optional;
import java.util.UUID;
import java.util.regex.Pattern;

/** Parses {@code OriginalTransactionId}, which makes a refund a linked one; any other function ignores it. */
final class OriginalId {
    static final String PARAMETER = "OriginalTransactionId";
    static final Pattern UUID_PATTERN =
            Pattern.compile("[0-9A-Fa-f]{8}-[0-9A-Fa-f]{4}-[0-9A-Fa-f]{4}-[0-9A-Fa-f]{4}-[0-9A-Fa-f]{12}");

    private OriginalId() {}

    /**
     * Returns the id, if there is one. An empty one is an error: a refund that was meant to be linked must not run without its limit.
     *
     * @throws dev.terminalcloud.posapi.ApiException 400 naming the parameter and the rule
     */
    static Optional<UUID> of(PosParameters parameters, TransactionFunction function) {
        return function.refundable().isEmpty()
                ? Optional.empty()
                : parameters.get(PARAMETER).map(OriginalId::parse);
    }

    private static UUID parse(String text) {
        if (!UUID_PATTERN.matcher(text).matches()) {
            throw RefundError.ORIGINAL_NOT_A_UUID.exception();
        }
        return UUID.fromString(text);
    }
}
