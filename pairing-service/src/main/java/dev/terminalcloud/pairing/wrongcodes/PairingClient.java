package dev.terminalcloud.pairing.wrongcodes;

import dev.terminalcloud.network.ClientAddress;

/** Sender of a pairing code: a register, and the address that it sends from. */
public record PairingClient(ClientAddress address, String vendorName, String registerId) {}
