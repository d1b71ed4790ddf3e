package dev.terminalcloud.virtualdevice.protocol;

import com.fasterxml.jackson.annotation.JsonTypeInfo;
import com.fasterxml.jackson.annotation.JsonTypeName;
import com.fasterxml.jackson.annotation.JsonUnwrapped;
import io.soabase.recordbuilder.core.RecordBuilder;
import java.util.Objects;
import java.util.UUID;

/**
 * A message from the cloud to the device, topic {@code devices/{deviceId}/commands}: one JSON object with {@code type}.
 *
 * <p>Unknown members are ignored, an unknown type is {@link Unknown}, and a message without its required members is invalid. Every
 * message may be received more than once. These records are the device's own reading of the protocol page, on purpose not shared
 * with the cloud's.
 */
@JsonTypeInfo(use = JsonTypeInfo.Id.NAME, property = "type", visible = true, defaultImpl = CloudMessage.Unknown.class)
public sealed interface CloudMessage {

    /** A code to show; it is invalid after {@code expiresInSeconds}. */
    @JsonTypeName("pairing-code")
    record ShowPairingCode(String code, int expiresInSeconds) implements CloudMessage {
        public ShowPairingCode {
            Objects.requireNonNull(code, "code");
        }
    }

    @JsonTypeName("paired")
    record Paired(long pairingNumber, String businessName, String registerName) implements CloudMessage {}

    @JsonTypeName("unpaired")
    record Unpaired(long pairingNumber) implements CloudMessage {}

    @JsonTypeName("ping")
    record Ping(String nonce) implements CloudMessage {}

    /** A message about one transaction; the device decides by its journal alone. */
    sealed interface TransactionCommand extends CloudMessage {
        UUID transactionId();

        Request request();
    }

    /** The requests of {@link TransactionCommand} messages: the columns of the device's decision table. */
    enum Request {
        OFFER,
        GRANT,
        REFUSE,
        REPORT,
        CANCEL
    }

    /** The transaction that a linked refund refunds, as far as the cloud knows it; all null for any other offer. */
    @RecordBuilder
    @RecordBuilder.Options(prefixEnclosingClassNames = false)
    record Original(
            UUID originalTransactionId,
            String originalAcquirerRef,
            String originalTerminalRef,
            String originalAuthId,
            String originalTransactionReference,
            String originalTimestamp) {
        public static final Original NONE = OriginalBuilder.builder().build();
    }

    /** A request to run a function. Amounts are cents; members that the function does not use are null. */
    @JsonTypeName("offer-transaction")
    @RecordBuilder
    @RecordBuilder.Options(prefixEnclosingClassNames = false)
    record Offer(
            UUID transactionId,
            long pairingNumber,
            String function,
            Long amountTotal,
            Long amountCash,
            Long amountAuth,
            Long amountFinal,
            String transactionReference,
            String date,
            String saleData,
            @JsonUnwrapped Original original)
            implements TransactionCommand {

        public Offer {
            Objects.requireNonNull(transactionId, "transactionId");
            Objects.requireNonNull(function, "function");
            original = original == null ? Original.NONE : original;
        }

        /** A purchase of {@code amountTotal} cents. */
        public static Offer purchase(UUID transactionId, long pairingNumber, long amountTotal) {
            return OfferBuilder.builder()
                    .transactionId(transactionId)
                    .pairingNumber(pairingNumber)
                    .function("Card.Purchase")
                    .amountTotal(amountTotal)
                    .build();
        }

        /** Returns whether a device that is not ready refuses it: all but logon, terminal and journal functions. */
        public boolean needsReadyDevice() {
            return !function.equals("Acquirer.Logon")
                    && !function.startsWith("Terminal.")
                    && !function.startsWith("Journal.");
        }

        @Override
        public Request request() {
            return Request.OFFER;
        }
    }

    @JsonTypeName("start-granted")
    record StartGranted(UUID transactionId) implements TransactionCommand {
        public StartGranted {
            Objects.requireNonNull(transactionId, "transactionId");
        }

        @Override
        public Request request() {
            return Request.GRANT;
        }
    }

    @JsonTypeName("start-refused")
    record StartRefused(UUID transactionId) implements TransactionCommand {
        public StartRefused {
            Objects.requireNonNull(transactionId, "transactionId");
        }

        @Override
        public Request request() {
            return Request.REFUSE;
        }
    }

    @JsonTypeName("report-transaction")
    record ReportTransaction(UUID transactionId) implements TransactionCommand {
        public ReportTransaction {
            Objects.requireNonNull(transactionId, "transactionId");
        }

        @Override
        public Request request() {
            return Request.REPORT;
        }
    }

    @JsonTypeName("cancel-transaction")
    record CancelTransaction(UUID transactionId) implements TransactionCommand {
        public CancelTransaction {
            Objects.requireNonNull(transactionId, "transactionId");
        }

        @Override
        public Request request() {
            return Request.CANCEL;
        }
    }

    /** A type that this device does not know; ignored. */
    record Unknown(String type) implements CloudMessage {}
}
