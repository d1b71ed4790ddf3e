package dev.terminalcloud.virtualdevice.protocol;

import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.annotation.JsonInclude.Include;
import com.fasterxml.jackson.annotation.JsonTypeInfo;
import com.fasterxml.jackson.annotation.JsonTypeName;
import com.fasterxml.jackson.annotation.JsonUnwrapped;
import java.util.UUID;

/** A message from the device to the cloud, topic {@code devices/{deviceId}/events}: one JSON object with {@code type}. */
@JsonTypeInfo(use = JsonTypeInfo.Id.NAME, property = "type")
@JsonInclude(Include.NON_NULL)
public sealed interface DeviceMessage {

    /** The first message after each connect and subscribe. */
    @JsonTypeName("hello")
    record Hello(String model, String firmware, DeviceStatus status) implements DeviceMessage {}

    @JsonTypeName("pairing-code-request")
    record RequestPairingCode() implements DeviceMessage {}

    @JsonTypeName("unpair")
    record Unpair(long pairingNumber) implements DeviceMessage {}

    @JsonTypeName("status")
    record StatusChanged(DeviceStatus status) implements DeviceMessage {}

    @JsonTypeName("pong")
    record Pong(String nonce) implements DeviceMessage {}

    /** A message about one transaction. */
    sealed interface TransactionUpdate extends DeviceMessage {
        UUID transactionId();
    }

    /** The device has the offer in its journal; it has not shown anything. */
    @JsonTypeName("transaction-claim")
    record Claim(UUID transactionId) implements TransactionUpdate {}

    @JsonTypeName("transaction-refused")
    record Refused(UUID transactionId, RefusalReason reason) implements TransactionUpdate {}

    @JsonTypeName("transaction-progress")
    record Progress(UUID transactionId, String prompt) implements TransactionUpdate {}

    @JsonTypeName("transaction-finished")
    record Finished(UUID transactionId, @JsonUnwrapped Report report) implements TransactionUpdate {}

    /** The id is not in the journal, and will be answered with this message for ever. */
    @JsonTypeName("transaction-never-seen")
    record NeverSeen(UUID transactionId) implements TransactionUpdate {}

    /** The payment can no longer be stopped; its result follows. */
    @JsonTypeName("cancel-refused")
    record CancelRefused(UUID transactionId) implements TransactionUpdate {}
}
