package dev.terminalcloud.virtualdevice.journal;

import com.fasterxml.jackson.annotation.JsonTypeInfo;
import com.fasterxml.jackson.annotation.JsonTypeName;

/** The pairing of the device, as last received from the cloud. The number grows with each pairing and unpairing. */
@JsonTypeInfo(use = JsonTypeInfo.Id.NAME, property = "state")
public sealed interface PairingState {

    /** The state of a device that has not received any pairing. */
    static PairingState none() {
        return new Unpaired(0);
    }

    long number();

    @JsonTypeName("unpaired")
    record Unpaired(long number) implements PairingState {}

    @JsonTypeName("paired")
    record Paired(long number, String businessName, String registerName) implements PairingState {}

    /** Returns the newer of this state and {@code update}. */
    default PairingState after(PairingState update) {
        return update.number() < number() ? this : update;
    }
}
