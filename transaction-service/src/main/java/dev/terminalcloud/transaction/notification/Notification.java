package dev.terminalcloud.transaction.notification;

import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.annotation.JsonProperty;
import dev.terminalcloud.transaction.notificationqueue.PendingNotification;

/**
 * The body of a notification (Standard Webhooks; POS API, section 10).
 *
 * @param type {@code register.unpaired}, {@code register.moved}, {@code device.offline} or {@code device.online}
 * @param timestamp when it became known, ISO 8601 in UTC
 */
record Notification(String type, String timestamp, Subject data) {

    /**
     * The pairing that it is about.
     *
     * @param deviceId of a register that has moved, the device that it has now
     * @param previousDeviceId the device that it had before; null if it has not moved
     */
    @JsonInclude(JsonInclude.Include.NON_NULL)
    record Subject(
            String deviceId,
            String previousDeviceId,
            @JsonProperty("POSRegisterID") String registerId,
            @JsonProperty("POSBusinessName") String businessName,
            @JsonProperty("POSVendorName") String vendorName) {}

    static Notification of(PendingNotification pending) {
        return new Notification(
                pending.type(),
                pending.occurredAt().toString(),
                new Subject(
                        pending.deviceId(),
                        pending.previousDeviceId(),
                        pending.registerId(),
                        pending.businessName(),
                        pending.vendorName()));
    }
}
