package dev.terminalcloud.connector.protocol;

import dev.terminalcloud.events.DeviceEvent;
import dev.terminalcloud.events.DeviceEvent.CancelRefused;
import dev.terminalcloud.events.DeviceEvent.DeviceConnected;
import dev.terminalcloud.events.DeviceEvent.DevicePonged;
import dev.terminalcloud.events.DeviceEvent.DeviceStatusChanged;
import dev.terminalcloud.events.DeviceEvent.PairingCodeRequested;
import dev.terminalcloud.events.DeviceEvent.TransactionClaimed;
import dev.terminalcloud.events.DeviceEvent.TransactionFinished;
import dev.terminalcloud.events.DeviceEvent.TransactionNeverSeen;
import dev.terminalcloud.events.DeviceEvent.TransactionProgressed;
import dev.terminalcloud.events.DeviceEvent.TransactionRefused;
import dev.terminalcloud.events.DeviceEvent.UnpairRequested;
import dev.terminalcloud.events.DeviceReport;
import dev.terminalcloud.events.DeviceStatus;
import dev.terminalcloud.events.RefusalReason;
import java.util.Arrays;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import java.util.function.BiFunction;
import java.util.function.Function;
import java.util.stream.Collectors;

/** The messages from devices (device protocol, "Device → cloud"): the name of each and its conversion to an event. */
public enum MessageType {
    HELLO("hello", false, MessageType::connected),
    PAIRING_CODE_REQUEST(
            "pairing-code-request", false, (said, by) -> new PairingCodeRequested(by.deviceId(), by.sessionId())),
    UNPAIR(
            "unpair",
            false,
            (said, by) -> new UnpairRequested(by.deviceId(), by.sessionId(), said.nonNegativeInteger("pairingNumber"))),
    TRANSACTION_CLAIM(
            "transaction-claim",
            true,
            (said, by) -> new TransactionClaimed(by.deviceId(), by.sessionId(), said.uuid("transactionId"))),
    TRANSACTION_REFUSED("transaction-refused", true, MessageType::refused),
    TRANSACTION_PROGRESS("transaction-progress", true, MessageType::progressed),
    TRANSACTION_FINISHED("transaction-finished", true, MessageType::finished),
    TRANSACTION_NEVER_SEEN(
            "transaction-never-seen",
            true,
            (said, by) -> new TransactionNeverSeen(by.deviceId(), by.sessionId(), said.uuid("transactionId"))),
    CANCEL_REFUSED(
            "cancel-refused",
            true,
            (said, by) -> new CancelRefused(by.deviceId(), by.sessionId(), said.uuid("transactionId"))),
    STATUS("status", false, MessageType::statusChanged),
    PONG("pong", false, (said, by) -> new DevicePonged(by.deviceId(), by.sessionId(), said.text(TextMember.NONCE)));

    private static final Map<String, MessageType> BY_WIRE_NAME =
            Arrays.stream(values()).collect(Collectors.toUnmodifiableMap(type -> type.wireName, Function.identity()));

    private final String wireName;
    private final boolean aboutTransaction;

    @SuppressWarnings("ImmutableEnumChecker") // a function without state
    private final BiFunction<Members, SessionIdentity, DeviceEvent> event;

    MessageType(String wireName, boolean aboutTransaction, BiFunction<Members, SessionIdentity, DeviceEvent> event) {
        this.wireName = wireName;
        this.aboutTransaction = aboutTransaction;
        this.event = event;
    }

    /** Returns the value of {@code type} on the wire. */
    public String wireName() {
        return wireName;
    }

    static Optional<MessageType> named(String wireName) {
        return Optional.ofNullable(BY_WIRE_NAME.get(wireName));
    }

    /** Returns whether a message of this type that breaks its rules is kept as rejected if it names a transaction. */
    boolean isAboutTransaction() {
        return aboutTransaction;
    }

    /** @throws InvalidMemberException if a member breaks the type's rules */
    DeviceEvent toEvent(Members said, SessionIdentity by) {
        return event.apply(said, by);
    }

    private static DeviceEvent connected(Members said, SessionIdentity by) {
        return new DeviceConnected(
                by.deviceId(),
                by.sessionId(),
                by.connectorIndex(),
                by.connectorEpoch(),
                said.text(TextMember.MODEL),
                said.text(TextMember.FIRMWARE),
                said.enumConstant(DeviceStatus.class, "status"));
    }

    private static DeviceEvent statusChanged(Members said, SessionIdentity by) {
        return new DeviceStatusChanged(by.deviceId(), by.sessionId(), said.enumConstant(DeviceStatus.class, "status"));
    }

    private static DeviceEvent refused(Members said, SessionIdentity by) {
        return new TransactionRefused(
                by.deviceId(),
                by.sessionId(),
                said.uuid("transactionId"),
                said.enumConstant(RefusalReason.class, "reason"));
    }

    private static DeviceEvent progressed(Members said, SessionIdentity by) {
        return new TransactionProgressed(
                by.deviceId(), by.sessionId(), said.uuid("transactionId"), said.text(TextMember.PROMPT));
    }

    private static DeviceEvent finished(Members said, SessionIdentity by) {
        UUID transactionId = said.uuid("transactionId");
        DeviceReport report = FinishedReport.from(said);
        return new TransactionFinished(by.deviceId(), by.sessionId(), transactionId, report, said.ignored());
    }
}
