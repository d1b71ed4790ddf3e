package dev.terminalcloud.pairing.registers;

import jakarta.persistence.Embeddable;

/** Identity of a register among all registers of all vendors. */
@Embeddable
public record RegisterKey(String vendorName, String registerId) {}
