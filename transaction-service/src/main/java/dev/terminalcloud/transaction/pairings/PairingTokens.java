package dev.terminalcloud.transaction.pairings;

import dev.terminalcloud.posapi.ApiException;
import dev.terminalcloud.posapi.PairingToken;
import dev.terminalcloud.transaction.lifecycle.RegisterIdentity;
import io.smallrye.mutiny.Uni;
import jakarta.enterprise.context.ApplicationScoped;
import java.util.Optional;

/** Check of the pairing tokens with which registers access their own transactions. */
@ApplicationScoped
public class PairingTokens {
    private final PairingTable pairings;

    PairingTokens(PairingTable pairings) {
        this.pairings = pairings;
    }

    /**
     * Checks that the token is the newest of the register with these three names; its pairing may have ended. A register that is
     * paired for another business is another one.
     *
     * @return fails with {@link ApiException} 401 if it is not, or if the register is unknown; and as the database does
     */
    public Uni<Void> check(RegisterIdentity register, PairingToken token) {
        return authenticate(register, token).replaceWithVoid();
    }

    /** Checks the token as {@link #check} does, and returns what is known about the register. */
    public Uni<KnownRegister> authenticate(RegisterIdentity register, PairingToken token) {
        return pairings.find(register)
                .map(known -> known.filter(found -> isOfBusiness(found, register)))
                .invoke(known -> token.check(known.map(KnownRegister::tokenHash).orElse(null)))
                .map(Optional::orElseThrow);
    }

    private static boolean isOfBusiness(KnownRegister known, RegisterIdentity register) {
        return known.businessName() == null || known.businessName().equals(register.businessName());
    }
}
