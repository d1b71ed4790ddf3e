package dev.terminalcloud.pairing.registers;

import jakarta.persistence.Embeddable;

/** Which register it is, among all registers of all vendors. */
@Embeddable
public record RegisterKey(String vendorName, String registerId) {}
