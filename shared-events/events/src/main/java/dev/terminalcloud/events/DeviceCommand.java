package dev.terminalcloud.events;

import com.fasterxml.jackson.annotation.JsonTypeInfo;
import com.fasterxml.jackson.annotation.JsonTypeName;
import com.fasterxml.jackson.annotation.JsonUnwrapped;
import java.util.UUID;

/**
 * Commands to devices, topic {@link Topic#DEVICE_COMMANDS}: the partition is the index of the connector that holds the
 * device's session, the key is the device id.
 *
 * <p>A command names the session it is for and is delivered to that session or to none. Every command may be delivered
 * more than once; a device's journal makes that harmless.
 */
@JsonTypeInfo(use = JsonTypeInfo.Id.NAME, property = "type", visible = true, defaultImpl = DeviceCommand.Unknown.class)
public sealed interface DeviceCommand extends Event {

    /** A command for one session of one device. */
    sealed interface SessionCommand extends DeviceCommand {
        String deviceId();

        UUID sessionId();

        @Override
        default String key() {
            return deviceId();
        }
    }

    /** A command about one transaction. */
    sealed interface DeviceTransactionCommand extends SessionCommand {
        UUID transactionId();
    }

    @JsonTypeName("device.show-pairing-code.v1")
    record ShowPairingCode(String deviceId, UUID sessionId, String code, int expiresInSeconds)
            implements SessionCommand {}

    @JsonTypeName("device.tell-paired.v1")
    record TellPaired(String deviceId, UUID sessionId, long pairingNumber, String businessName, String registerName)
            implements SessionCommand {}

    @JsonTypeName("device.tell-unpaired.v1")
    record TellUnpaired(String deviceId, UUID sessionId, long pairingNumber) implements SessionCommand {}

    /** Components that the function does not use are null. */
    @JsonTypeName("device.offer-transaction.v1")
    record OfferTransaction(
            String deviceId,
            UUID sessionId,
            UUID transactionId,
            long pairingNumber,
            String function,
            @JsonUnwrapped RequestedAmounts amounts,
            String transactionReference,
            String date,
            String saleData,
            @JsonUnwrapped OriginalTransaction original)
            implements DeviceTransactionCommand {

        /** An offer without an original has {@link OriginalTransaction#NONE}. */
        public OfferTransaction {
            original = original == null ? OriginalTransaction.NONE : original;
        }
    }

    @JsonTypeName("device.grant-start.v1")
    record GrantStart(String deviceId, UUID sessionId, UUID transactionId) implements DeviceTransactionCommand {}

    @JsonTypeName("device.refuse-start.v1")
    record RefuseStart(String deviceId, UUID sessionId, UUID transactionId) implements DeviceTransactionCommand {}

    @JsonTypeName("device.report-transaction.v1")
    record ReportTransaction(String deviceId, UUID sessionId, UUID transactionId) implements DeviceTransactionCommand {}

    @JsonTypeName("device.cancel-transaction.v1")
    record CancelTransaction(String deviceId, UUID sessionId, UUID transactionId) implements DeviceTransactionCommand {}

    @JsonTypeName("device.ping.v1")
    record PingDevice(String deviceId, UUID sessionId, String nonce) implements SessionCommand {}

    /** The connector closes this session: the device has a newer one elsewhere. */
    @JsonTypeName("device.end-session.v1")
    record EndSession(String deviceId, UUID sessionId) implements SessionCommand {}

    /**
     * A connector's start mark in its own partition: the acknowledged offset is the position that it reads from
     * and, with the first epoch of {@link DeviceRegistryEvent.RegistryPublished} added, its epoch.
     *
     * @param incarnation distinguishes this start from any other start with the same index
     */
    @JsonTypeName("device.connector-started.v1")
    record ConnectorStarted(int connectorIndex, UUID incarnation) implements DeviceCommand {
        @Override
        public String key() {
            return Integer.toString(connectorIndex);
        }
    }

    /** A command of a newer build; connectors count and skip it. */
    record Unknown(String type) implements DeviceCommand {
        @Override
        public String key() {
            throw new UnsupportedOperationException("Unknown events must not be published: " + type);
        }
    }
}
