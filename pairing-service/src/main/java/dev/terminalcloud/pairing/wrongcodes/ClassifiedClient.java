package dev.terminalcloud.pairing.wrongcodes;

/**
 * Sender of a pairing code, with what its limits depend on.
 *
 * @param isKnown true if a register has paired from its address not long ago: the brake on guessing lets it through
 */
public record ClassifiedClient(PairingClient client, boolean isKnown) {
    private static final String UNKNOWN_ADDRESSES = "unknown addresses";

    /** Returns the key of those clients that can't be checked at the same time, as they share a limit. */
    public String queue() {
        return isKnown ? ClientNetworks.widest(client.address()) : UNKNOWN_ADDRESSES;
    }
}
