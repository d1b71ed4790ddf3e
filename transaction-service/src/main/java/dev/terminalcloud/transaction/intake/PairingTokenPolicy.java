package dev.terminalcloud.transaction.intake;

import static java.util.stream.Collectors.toUnmodifiableSet;

import dev.terminalcloud.posapi.ApiException;
import dev.terminalcloud.posapi.PairingToken;
import dev.terminalcloud.posapi.PairingTokenError;
import dev.terminalcloud.transaction.TransactionConfiguration;
import dev.terminalcloud.transaction.lifecycle.TransactionFunction;
import io.quarkus.runtime.Startup;
import jakarta.enterprise.context.ApplicationScoped;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;

/**
 * Which starts need the pairing token (POS API, section 11): all of strict vendors, and some functions of every vendor. By
 * default none does, as in the original API; but a linked refund always does, since its answer is about another transaction.
 */
@Startup
@ApplicationScoped
class PairingTokenPolicy {
    private static final String ANY = "*";

    private final Set<String> strictVendors;
    private final Set<TransactionFunction> functions;

    /** @throws IllegalArgumentException naming the key and the wrong entry */
    PairingTokenPolicy(TransactionConfiguration config) {
        this.strictVendors = vendors(config.strictVendors().orElseGet(List::of));
        this.functions = config.tokenFunctions().orElseGet(List::of).stream()
                .flatMap(PairingTokenPolicy::functions)
                .collect(toUnmodifiableSet());
    }

    private static Set<String> vendors(List<String> names) {
        if (names.contains(ANY) && names.size() > 1) {
            throw new IllegalArgumentException(
                    "transaction.strict-vendors must list vendor names, or * alone, was " + String.join(",", names));
        }
        return Set.copyOf(names);
    }

    private static Stream<TransactionFunction> functions(String entry) {
        String prefix = entry.endsWith(ANY) ? entry.substring(0, entry.length() - 1) : null;
        List<TransactionFunction> matching = Arrays.stream(TransactionFunction.values())
                .filter(function -> prefix == null
                        ? function.wireName().equals(entry)
                        : function.wireName().startsWith(prefix))
                .toList();
        if (matching.isEmpty()) {
            throw new IllegalArgumentException("transaction.token-functions must list transaction types such as"
                    + " Card.Refund or Acquirer.*, was " + entry);
        }
        return matching.stream();
    }

    /**
     * Checks that the register has sent a token if it needs one.
     *
     * @throws ApiException 401 if it has not
     */
    void checkPresent(StartRequest start, Optional<PairingToken> token) {
        if (token.isEmpty() && needsToken(start)) {
            throw PairingTokenError.PAIRING_TOKEN_MISSING.exception();
        }
    }

    private boolean needsToken(StartRequest start) {
        return start.originalId() != null
                || needsToken(start.register().vendorName(), start.request().function());
    }

    boolean needsToken(String vendorName, TransactionFunction function) {
        return functions.contains(function) || strictVendors.contains(ANY) || strictVendors.contains(vendorName);
    }
}
