package dev.terminalcloud.pairing.administration;

import dev.terminalcloud.administration.ChangeResult;
import dev.terminalcloud.pairing.PairingConfiguration;
import dev.terminalcloud.pairing.devices.Device;
import jakarta.enterprise.context.ApplicationScoped;
import java.util.Optional;

/** The rules for owners of devices, which are merchants or resellers. */
@ApplicationScoped
class OwnerPolicy {
    private final boolean isRequired;

    OwnerPolicy(PairingConfiguration configuration) {
        this.isRequired = configuration.requireOwner();
    }

    /** Returns the refusal of a change after which the device would have this owner, null for none; absent if it may be made. */
    Optional<ChangeResult> refusal(String owner) {
        return isRequired && owner == null
                ? Optional.of(ChangeResult.refused(
                        400, "owner is missing: each device must have one, as pairing.require-owner is set"))
                : Optional.empty();
    }

    /** Returns the refusal to register the device, which is null if it is new; a known device keeps its owner if this is null. */
    Optional<ChangeResult> refusalToRegister(Device known, String owner) {
        boolean keepsOwner = owner == null && known != null;
        return refusal(keepsOwner ? known.owner().orElse(null) : owner);
    }

    /** Returns the refusal to hand the register of one device over to the other. */
    Optional<ChangeResult> refusalToReplace(Device previous, Device next) {
        return previous.hasSameOwnerAs(next)
                ? Optional.empty()
                : Optional.of(ChangeResult.refused(
                        409,
                        "Device %s has another owner than device %s. Change the owner first"
                                .formatted(next.id(), previous.id())));
    }
}
