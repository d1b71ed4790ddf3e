package dev.terminalcloud.events;

import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.UUID;

/** One event of each type, with every member set. */
final class Samples {
    private static final UUID SESSION = UUID.fromString("5e551011-0000-4000-8000-000000000001");
    private static final UUID TRANSACTION = UUID.fromString("7ab5ac71-0000-4000-8000-000000000002");
    private static final UUID ORIGINAL = UUID.fromString("7ab5ac71-0000-4000-8000-000000000003");
    private static final UUID INCARNATION = UUID.fromString("1c4a7100-0000-4000-8000-000000000003");
    private static final Instant TIME = Instant.parse("2026-11-22T10:15:30.123456Z");
    private static final String DEVICE = "7000000001";

    static final Map<Topic, Event[]> ALL = Map.of(
            Topic.DEVICE_COMMANDS, commands(),
            Topic.DEVICE_EVENTS, deviceEvents(),
            Topic.CONNECTOR_EVENTS, connectorEvents(),
            Topic.PAIRING_EVENTS, pairingEvents(),
            Topic.PAIRING_CONFIRMATIONS, pairingConfirmations(),
            Topic.DEVICE_REGISTRY, registryEvents(),
            Topic.DEVICE_LIFECYCLE, lifecycleEvents(),
            Topic.TRANSACTION_EVENTS, transactionEvents());

    /** Events as they are without the members that their types have got later: as older builds write them. */
    static final Map<Topic, Event[]> WITHOUT_LATER_MEMBERS = Map.of(
            Topic.DEVICE_COMMANDS,
            new Event[] {offer(OriginalTransaction.NONE)},
            Topic.DEVICE_EVENTS,
            new Event[] {
                new DeviceEvent.TransactionFinished(DEVICE, SESSION, TRANSACTION, report()),
                new DeviceEvent.DeviceMessageRejected(
                        DEVICE, SESSION, TRANSACTION, "transaction-finished", "MALFORMED", null)
            },
            Topic.PAIRING_EVENTS,
            new Event[] {new PairingEvent.RegisterPaired("Vendor", "db/1", 5, "Baker & Sons", "Till", DEVICE, 3, null)
            });

    private Samples() {}

    private static Event[] commands() {
        return new Event[] {
            new DeviceCommand.ShowPairingCode(DEVICE, SESSION, "01234567", 120),
            new DeviceCommand.TellPaired(DEVICE, SESSION, 3, "Baker & Sons", "Till \"Ä\""),
            new DeviceCommand.TellUnpaired(DEVICE, SESSION, 4),
            offer(new OriginalTransaction(ORIGINAL, "000042", "12345678", "731942", "R-1", "20261121180000")),
            new DeviceCommand.GrantStart(DEVICE, SESSION, TRANSACTION),
            new DeviceCommand.RefuseStart(DEVICE, SESSION, TRANSACTION),
            new DeviceCommand.ReportTransaction(DEVICE, SESSION, TRANSACTION),
            new DeviceCommand.CancelTransaction(DEVICE, SESSION, TRANSACTION),
            new DeviceCommand.PingDevice(DEVICE, SESSION, "nonce"),
            new DeviceCommand.EndSession(DEVICE, SESSION),
            new DeviceCommand.ConnectorStarted(0, INCARNATION)
        };
    }

    private static Event offer(OriginalTransaction original) {
        return new DeviceCommand.OfferTransaction(
                DEVICE,
                SESSION,
                TRANSACTION,
                3,
                "Card.PurchasePlusCash",
                new RequestedAmounts(1500L, 500L, 100L, 200L),
                "reference",
                "20261122",
                "{\"version\":\"1.0.0\"}",
                original);
    }

    private static Event[] deviceEvents() {
        return new Event[] {
            new DeviceEvent.DeviceConnected(DEVICE, SESSION, 2, 41, "T100", "1.2.3", DeviceStatus.NOT_LOGGED_ON),
            new DeviceEvent.DeviceDisconnected(DEVICE, SESSION, "CLOSED"),
            new DeviceEvent.DeviceStatusChanged(DEVICE, SESSION, DeviceStatus.READY),
            new DeviceEvent.PairingCodeRequested(DEVICE, SESSION),
            new DeviceEvent.UnpairRequested(DEVICE, SESSION, 3),
            new DeviceEvent.TransactionClaimed(DEVICE, SESSION, TRANSACTION),
            new DeviceEvent.TransactionRefused(DEVICE, SESSION, TRANSACTION, RefusalReason.OLD_PAIRING),
            new DeviceEvent.TransactionProgressed(DEVICE, SESSION, TRANSACTION, "PRESENT CARD"),
            new DeviceEvent.TransactionFinished(
                    DEVICE, SESSION, TRANSACTION, report(), List.of("amountTip", "timestamp")),
            new DeviceEvent.TransactionNeverSeen(DEVICE, SESSION, TRANSACTION),
            new DeviceEvent.CancelRefused(DEVICE, SESSION, TRANSACTION),
            new DeviceEvent.DevicePonged(DEVICE, SESSION, "nonce"),
            new DeviceEvent.DeviceMessageRejected(
                    DEVICE, SESSION, TRANSACTION, "transaction-finished", "MALFORMED", "{\"result\":\"ok\"}"),
            new DeviceEvent.DeviceMessageUnreadable(DEVICE, SESSION, "not a JSON object", "{\"receipt\":\"caf\\xE9\"")
        };
    }

    private static DeviceReport report() {
        return new DeviceReport(
                TransactionResult.OK_ACCEPTED,
                Result.OK,
                "APPROVED",
                new ReportedAmounts(1615L, 15L, 100L, 500L),
                "123456",
                "000001",
                "12345678",
                "....0138",
                "VISA",
                "CREDIT",
                "20261122181530",
                "RECEIPT\n\n",
                "READY",
                "reference");
    }

    private static Event[] connectorEvents() {
        return new Event[] {
            new ConnectorEvent.ConnectorStarted(2, 41), new ConnectorEvent.ConnectorHeartbeat(2, 41, 1_200)
        };
    }

    private static Event[] pairingEvents() {
        return new Event[] {
            new PairingEvent.RegisterPaired(
                    "Vendor",
                    "db/1",
                    5,
                    "Baker & Sons",
                    "Till",
                    DEVICE,
                    3,
                    DeviceSecretHash.of("token"),
                    "https://pos.example.com/devices"),
            new PairingEvent.RegisterUnpaired("Vendor", "db/1", 6, DEVICE, 4)
        };
    }

    private static Event[] pairingConfirmations() {
        return new Event[] {
            new PairingConfirmation.PairingConfirmed("Vendor", "db/1", 5, DEVICE, 3),
            new PairingConfirmation.RegisterUnpairRequested("Vendor", "db/1", DEVICE, 3)
        };
    }

    private static Event[] registryEvents() {
        return new Event[] {
            new DeviceRegistryEvent.DeviceRegistered(DEVICE, 1, DeviceSecretHash.of("demo")),
            new DeviceRegistryEvent.DeviceRevoked(DEVICE, 2),
            new DeviceRegistryEvent.RegistryPublished(1, 1_796_040_000_000_000L)
        };
    }

    private static Event[] lifecycleEvents() {
        return new Event[] {
            new DeviceLifecycleEvent.DeviceAdmitted(DEVICE, 1),
            new DeviceLifecycleEvent.DeviceRevoked(DEVICE, 7),
            new DeviceLifecycleEvent.DevicePaired(DEVICE, 3, 1, "Vendor", "db/1", "Baker & Sons", "Till", "7000000002"),
            new DeviceLifecycleEvent.DeviceUnpaired(DEVICE, 4, 2, "Vendor", "db/1"),
            new DeviceLifecycleEvent.DeviceReplaced(DEVICE, 5, 4, "Vendor", "db/1", "7000000003"),
            new DeviceLifecycleEvent.DeviceOnline(DEVICE, 2, "T100", "1.2.3", DeviceStatus.READY),
            new DeviceLifecycleEvent.DeviceOffline(DEVICE, 6)
        };
    }

    private static Event[] transactionEvents() {
        return new Event[] {
            new TransactionEvent.TransactionAccepted(
                    TRANSACTION,
                    1,
                    "Vendor",
                    "Baker & Sons",
                    "db/1",
                    DEVICE,
                    "Card.PurchasePlusCash",
                    new RequestedAmounts(1500L, 500L, 100L, 200L),
                    TIME),
            new TransactionEvent.TransactionDelivered(TRANSACTION, 2),
            new TransactionEvent.TransactionStarted(TRANSACTION, 2),
            new TransactionEvent.TransactionPrompted(TRANSACTION, 3, "ENTER PIN"),
            new TransactionEvent.TransactionDelayed(TRANSACTION, 4),
            new TransactionEvent.CancellationChanged(TRANSACTION, 4, CancellationStatus.TOO_LATE),
            new TransactionEvent.TransactionCompleted(
                    TRANSACTION,
                    5,
                    TransactionResult.OK_DECLINED,
                    Result.OK,
                    "DECLINED",
                    new ReportedAmounts(1500L, 15L, 100L, 500L),
                    "VISA",
                    "CREDIT",
                    TIME)
        };
    }
}
