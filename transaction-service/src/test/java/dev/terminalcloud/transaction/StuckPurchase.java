package dev.terminalcloud.transaction;

import static dev.terminalcloud.transaction.TestFixtures.awaitTrue;

import dev.terminalcloud.virtualregister.Answer;
import io.vertx.mutiny.sqlclient.Tuple;
import java.util.UUID;

/** A purchase of 5.00 that is stuck in one of the possible states. */
record StuckPurchase(TestFixtures shop, FakeRegister register, FakeDevice device, Answer started) {

    static StuckPurchase queued(TestFixtures shop) {
        FakeRegister register = shop.register();
        FakeDevice device = shop.pairedDeviceOf(register);
        StuckPurchase queued = new StuckPurchase(shop, register, device, register.pays(500));
        shop.execute(
                "update transaction set expires_at = now() + interval '1 hour' where id = $1", Tuple.of(queued.id()));
        return queued;
    }

    static StuckPurchase running(TestFixtures shop) {
        FakeRegister register = shop.register();
        FakeDevice device = shop.deviceOf(register);
        Answer started = register.pays(500);
        device.starts(started.transactionId());
        return new StuckPurchase(shop, register, device, started);
    }

    static StuckPurchase delayed(TestFixtures shop) {
        StuckPurchase running = running(shop);
        shop.execute("update transaction set overdue_at = now() where id = $1", Tuple.of(running.id()));
        running.awaitDelay();
        return running;
    }

    /** Its device is connected, and has not reported for more than a day. */
    static StuckPurchase unanswered(TestFixtures shop) {
        StuckPurchase running = running(shop);
        shop.execute(
                "update device_session set opened_at = now() - interval '11 minutes' where session_id = $1",
                Tuple.of(running.device.session()));
        running.letTimeOut();
        return running;
    }

    /** Its device disconnected more than a day ago. */
    static StuckPurchase lost(TestFixtures shop) {
        StuckPurchase running = running(shop);
        running.device.disconnected();
        awaitTrue(() -> shop.count(
                        "device_session where session_id = $1 and ended_at is not null",
                        Tuple.of(running.device.session()))
                == 1);
        running.letTimeOut();
        return running;
    }

    /** Its device was disconnected for a day and reconnected a moment ago. */
    static StuckPurchase reconnected(TestFixtures shop) {
        StuckPurchase running = running(shop);
        running.letTimeOut();
        return running;
    }

    /** Its device was revoked while it ran, which closed its connection. */
    static StuckPurchase revoked(TestFixtures shop) {
        StuckPurchase running = running(shop);
        running.device.isRevoked(2);
        running.awaitRegistryProcessed();
        running.device.disconnected();
        awaitTrue(() ->
                shop.count("device_session where device_id = $1 and ended_at is null", Tuple.of(running.device.id()))
                        == 0);
        shop.execute("update transaction set overdue_at = now() where id = $1", Tuple.of(running.id()));
        running.awaitDelay();
        return running;
    }

    /** The same, but the device was admitted again, and has not connected yet. */
    static StuckPurchase admittedAgain(TestFixtures shop) {
        StuckPurchase revoked = revoked(shop);
        revoked.device.isAdmitted(3);
        revoked.device.isRevoked(2);
        revoked.awaitRegistryProcessed();
        return revoked;
    }

    static StuckPurchase neverSeen(TestFixtures shop) {
        StuckPurchase running = running(shop);
        running.device.hasNeverSeen(running.id());
        running.awaitDelay();
        return running;
    }

    private void letTimeOut() {
        shop.execute("update transaction set overdue_at = now() - interval '25 hours' where id = $1", Tuple.of(id()));
        awaitDelay();
    }

    /** Waits until all earlier events of the device's registration have been applied. */
    private void awaitRegistryProcessed() {
        FakeDevice marker = shop.deviceBeside(device);
        marker.isAdmitted(1);
        awaitTrue(() -> shop.count("registered_device where device_id = $1", Tuple.of(marker.id())) == 1);
    }

    void awaitDelay() {
        awaitTrue(() -> "OK-DELAYED".equals(register.polls(started).data("TransactionResult")));
    }

    UUID id() {
        return started.transactionId();
    }

    Answer polled() {
        return register.polls(started);
    }

    long discrepancies(String reason) {
        return shop.count("discrepancy where transaction_id = $1 and reason = $2", Tuple.of(id(), reason));
    }

    /** Waits until all earlier events of the device have been applied. */
    void awaitProcessed() {
        UUID marker = UUID.randomUUID();
        device.claims(marker);
        awaitTrue(() -> shop.count("discrepancy where transaction_id = $1", Tuple.of(marker)) == 1);
    }
}
