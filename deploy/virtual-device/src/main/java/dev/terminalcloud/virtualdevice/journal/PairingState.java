package dev.terminalcloud.virtualdevice.journal;

import com.fasterxml.jackson.annotation.JsonTypeInfo;
import com.fasterxml.jackson.annotation.JsonTypeName;

/** Whom the device works for, as the cloud told it last. The number grows with each pairing and unpairing. */
@JsonTypeInfo(use = JsonTypeInfo.Id.NAME, property = "state")
public sealed interface PairingState {

    /** A device that was never told anything. */
    static PairingState none() {
        return new Unpaired(0);
    }

    long number();

    @JsonTypeName("unpaired")
    record Unpaired(long number) implements PairingState {}

    @JsonTypeName("paired")
    record Paired(long number, String businessName, String registerName) implements PairingState {}

    /** What holds after being told {@code update}: older news than what is known changes nothing. */
    default PairingState after(PairingState update) {
        return update.number() < number() ? this : update;
    }
}
