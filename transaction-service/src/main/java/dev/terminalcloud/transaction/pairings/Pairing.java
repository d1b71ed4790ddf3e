package dev.terminalcloud.transaction.pairings;

/** A register's device, and the number of that pairing on the device. */
public record Pairing(String deviceId, long pairingNumber) {}
