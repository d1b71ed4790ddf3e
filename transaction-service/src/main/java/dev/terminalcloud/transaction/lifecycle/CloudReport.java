package dev.terminalcloud.transaction.lifecycle;

import dev.terminalcloud.events.DeviceReport;
import dev.terminalcloud.events.Result;
import dev.terminalcloud.events.TransactionResult;

/** The outcomes that the cloud knows without a report of the device. */
final class CloudReport {
    private CloudReport() {}

    /** The outcome of a transaction that certainly never ran and never will. */
    static DeviceReport neverRan() {
        return of(Result.FAILED_INTERFACE);
    }

    /** The outcome of a transaction that the register withdrew before the device could act on it. */
    static DeviceReport cancelled() {
        return of(Result.CANCELLED);
    }

    private static DeviceReport of(Result result) {
        return DeviceReport.of(TransactionResult.CANCELLED, result);
    }
}
