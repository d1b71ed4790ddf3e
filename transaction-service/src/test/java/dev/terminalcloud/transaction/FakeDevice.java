package dev.terminalcloud.transaction;

import static org.awaitility.Awaitility.await;

import dev.terminalcloud.events.DeviceCommand;
import dev.terminalcloud.events.DeviceEvent;
import dev.terminalcloud.events.DeviceEvent.CancelRefused;
import dev.terminalcloud.events.DeviceEvent.DeviceConnected;
import dev.terminalcloud.events.DeviceEvent.DeviceDisconnected;
import dev.terminalcloud.events.DeviceEvent.TransactionClaimed;
import dev.terminalcloud.events.DeviceEvent.TransactionFinished;
import dev.terminalcloud.events.DeviceEvent.TransactionNeverSeen;
import dev.terminalcloud.events.DeviceEvent.TransactionProgressed;
import dev.terminalcloud.events.DeviceEvent.TransactionRefused;
import dev.terminalcloud.events.DeviceRegistryEvent.DeviceRegistered;
import dev.terminalcloud.events.DeviceRegistryEvent.DeviceRevoked;
import dev.terminalcloud.events.DeviceReport;
import dev.terminalcloud.events.DeviceReportBuilder;
import dev.terminalcloud.events.DeviceSecretHash;
import dev.terminalcloud.events.DeviceStatus;
import dev.terminalcloud.events.PairingEvent.RegisterPaired;
import dev.terminalcloud.events.PairingEvent.RegisterUnpaired;
import dev.terminalcloud.events.RefusalReason;
import dev.terminalcloud.events.ReportedAmounts;
import dev.terminalcloud.events.Result;
import dev.terminalcloud.events.Topic;
import dev.terminalcloud.events.TransactionResult;
import dev.terminalcloud.posapi.PairingToken;
import java.time.Duration;
import java.util.List;
import java.util.UUID;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.Predicate;

/** A device, as the events and commands of its connector on Kafka show it. It does nothing by itself. */
final class FakeDevice {
    static final int CONNECTOR = 3;
    private static final AtomicLong IDS = new AtomicLong(System.nanoTime() % 1_000_000_000);

    private final KafkaTestClient kafkaClient;
    private final String id = "8%09d".formatted(IDS.incrementAndGet() % 1_000_000_000);
    private UUID session;

    FakeDevice(KafkaTestClient kafkaClient) {
        this.kafkaClient = kafkaClient;
    }

    String id() {
        return id;
    }

    UUID session() {
        return session;
    }

    /** Pairs a register with this device, by the event of pairing-service. */
    FakeDevice pairedWith(FakeRegister register, long version, long pairingNumber) {
        return pairedWith(register, version, pairingNumber, null);
    }

    /** Pairs a register that wants to be notified with this device, by the event of pairing-service; null: it does not. */
    FakeDevice pairedWith(FakeRegister register, long version, long pairingNumber, String callbackUrl) {
        return pairedWith(
                register, version, pairingNumber, register.pairingToken().hash(), callbackUrl);
    }

    /** Pairs a register that has another token; null: as a build that did not publish it. */
    FakeDevice pairedWithToken(FakeRegister register, long version, String token) {
        return pairedWith(register, version, version, token == null ? null : new PairingToken(token).hash(), null);
    }

    private FakeDevice pairedWith(
            FakeRegister register, long version, long pairingNumber, String tokenHash, String callbackUrl) {
        kafkaClient.send(
                Topic.PAIRING_EVENTS,
                new RegisterPaired(
                        register.vendor(),
                        register.id(),
                        version,
                        register.business(),
                        "Till",
                        id,
                        pairingNumber,
                        tokenHash,
                        callbackUrl));
        return this;
    }

    /** Unpairs the register from this device, by the event of pairing-service. */
    void unpairedFrom(FakeRegister register, long version, long pairingNumber) {
        kafkaClient.send(
                Topic.PAIRING_EVENTS,
                new RegisterUnpaired(register.vendor(), register.id(), version, id, pairingNumber));
    }

    /** Revokes the device, by the event of pairing-service, without that of its connector. */
    void isRevoked(long version) {
        kafkaClient.send(Topic.DEVICE_REGISTRY, new DeviceRevoked(id, version));
    }

    void isAdmitted(long version) {
        kafkaClient.send(Topic.DEVICE_REGISTRY, new DeviceRegistered(id, version, DeviceSecretHash.of("demo")));
    }

    FakeDevice connected() {
        session = UUID.randomUUID();
        send(new DeviceConnected(id, session, CONNECTOR, 1, "Fake", "1", DeviceStatus.READY));
        return this;
    }

    void disconnected() {
        send(new DeviceDisconnected(id, session, "NETWORK"));
    }

    void claims(UUID transaction) {
        send(new TransactionClaimed(id, session, transaction));
    }

    void refuses(UUID transaction, RefusalReason reason) {
        send(new TransactionRefused(id, session, transaction, reason));
    }

    void shows(UUID transaction, String prompt) {
        send(new TransactionProgressed(id, session, transaction, prompt));
    }

    void finishes(UUID transaction, DeviceReport report) {
        send(new TransactionFinished(id, session, transaction, report));
    }

    void hasNeverSeen(UUID transaction) {
        send(new TransactionNeverSeen(id, session, transaction));
    }

    void canNotStop(UUID transaction) {
        send(new CancelRefused(id, session, transaction));
    }

    void send(DeviceEvent event) {
        kafkaClient.send(Topic.DEVICE_EVENTS, event);
    }

    /** Claims and waits for the grant. */
    void starts(UUID transaction) {
        claims(transaction);
        awaitCommand(DeviceCommand.GrantStart.class, command -> command.transactionId()
                .equals(transaction));
    }

    <C extends DeviceCommand.SessionCommand> C awaitCommand(Class<C> type, Predicate<C> wanted) {
        return await().atMost(Duration.ofSeconds(60))
                .until(() -> commands(type, wanted), found -> !found.isEmpty())
                .get(0);
    }

    <C extends DeviceCommand.SessionCommand> List<C> commands(Class<C> type, Predicate<C> wanted) {
        return kafkaClient.events(type).stream()
                .filter(command -> command.deviceId().equals(id))
                .filter(wanted)
                .toList();
    }

    static DeviceReport approved(long cents) {
        return report(TransactionResult.OK_ACCEPTED, cents);
    }

    static DeviceReport declined(long cents) {
        return report(TransactionResult.OK_DECLINED, cents);
    }

    private static DeviceReport report(TransactionResult result, long cents) {
        return DeviceReportBuilder.builder()
                .result(Result.OK)
                .transactionResult(result)
                .amounts(new ReportedAmounts(cents + 25, 25L, 0L, null))
                .authId("123456")
                .acquirerRef("000042")
                .terminalRef("12345678")
                .cardPan("....0138")
                .cardType("VISA")
                .accountType("CREDIT")
                .timestamp("20260101120000")
                .receipt("RECEIPT\n\n")
                .build();
    }

    /** Returns a report without anything but results, amounts and the type of the card. */
    static DeviceReport report(
            TransactionResult transactionResult, Result result, Long total, Long surcharge, Long tip, String cardType) {
        return DeviceReportBuilder.builder()
                .result(result)
                .transactionResult(transactionResult)
                .amounts(new ReportedAmounts(total, surcharge, tip, null))
                .cardType(cardType)
                .build();
    }
}
