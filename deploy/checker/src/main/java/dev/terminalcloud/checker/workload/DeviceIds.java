package dev.terminalcloud.checker.workload;

/** Registered devices that nobody else uses: one number after the other, and one secret. */
public record DeviceIds(long first, String secret) {
    String id(int number) {
        return Long.toString(first + number);
    }
}
