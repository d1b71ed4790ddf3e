package dev.terminalcloud.virtualdevice;

import java.time.Instant;
import java.util.UUID;

/**
 * A payment that the device showed to a customer. Kept apart from the journal, which can be lost, so that a test can check
 * how often a transaction really ran.
 */
public record ShownPayment(UUID transactionId, String function, Instant at) {}
