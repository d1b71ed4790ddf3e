package dev.terminalcloud.checker.workload;

/** Registered devices for exclusive use: consecutive ids with one secret. */
public record DeviceIds(long first, String secret) {
    String id(int number) {
        return Long.toString(first + number);
    }
}
