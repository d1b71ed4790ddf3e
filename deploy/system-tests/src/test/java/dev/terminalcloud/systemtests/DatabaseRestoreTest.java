package dev.terminalcloud.systemtests;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.terminalcloud.virtualdevice.behaviour.Ending;
import dev.terminalcloud.virtualregister.Answer;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.regex.Pattern;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.parallel.Isolated;

/** The rehearsal of the page about backup and restore: PostgreSQL goes back to a time, and devices and Kafka do not. */
@Tag("slow")
@Isolated("starts a second stack")
class DatabaseRestoreTest {
    private static final Pattern KAFKA = Pattern.compile(" +Kafka +([0-9.:]+)");
    private static final Pattern POSTGRES = Pattern.compile(" +PostgreSQL +(postgresql://[^ ,]+),.*");
    private static final List<String> SERVICES = List.of("pairing-service", "transaction-service");
    private static final List<String> GROUPS = List.of(
            "pairing-service",
            "pairing-service-confirmations",
            "transaction-service",
            "transaction-service-pairings",
            "transaction-service-registry");

    private static Shops shops;

    @BeforeAll
    static void start() {
        shops = Shops.on(LocalStack.startForDisaster());
    }

    @AfterAll
    static void stop() {
        if (shops != null) {
            shops.close();
        }
    }

    @Test
    void transactionsEndAsTheirDevicesReportAndThoseOfTheLostTimeAreFound() throws Exception {
        DatabaseBackup database = new DatabaseBackup(
                "jdbc:" + printed(POSTGRES) + "?user=postgres", shops.stack().postgres());
        ConsumerGroups kafka = new ConsumerGroups(printed(KAFKA));
        database.begin();
        try (Shop before = shops.paired(Transport.TCP);
                Shop running = shops.paired(Transport.WEB_SOCKET);
                Shop after = shops.paired(Transport.TCP)) {
            PolledTransaction ended = PolledTransaction.start(before.register(), 500);
            String outcome = ended.awaitCompleted(TestTimeouts.TIMEOUT).text();
            PolledTransaction started = PolledTransaction.start(running.register(), 559);
            await().until(() -> phaseOf(started, database).equals("STARTED"));
            String time = database.now();
            Instant instant = database.instant(time);

            running.device().endPayment(Ending.APPROVE);
            started.awaitCompleted(TestTimeouts.TIMEOUT);
            Answer lost = after.register().start(after.register().purchase(700), "sale-1");
            PolledTransaction.of(after.register(), lost).awaitCompleted(TestTimeouts.TIMEOUT);
            database.archiveAll();

            StoppedServices stopped = StoppedServices.stop(shops.stack(), SERVICES);
            try {
                database.restore(time);
                kafka.reset(GROUPS, instant.minus(1, ChronoUnit.MINUTES));
                database.execute("update pairing.device set version = version + 1000");
                database.execute("update pairing.register set version = version + 1000");
            } finally {
                stopped.resume();
            }

            assertThat(pays(before)).isEqualTo("OK-ACCEPTED");
            try (Shop fresh = shops.paired(Transport.TCP)) {
                assertThat(pays(fresh)).isEqualTo("OK-ACCEPTED");
            }
            assertThat(before.register().poll(ended.started()).text()).isEqualTo(outcome);
            assertThat(started.awaitCompleted(TestTimeouts.TIMEOUT).data("TransactionResult"))
                    .isEqualTo("OK-ACCEPTED");
            assertThat(running.ran()).containsExactly(started.id());
            assertThat(after.register().poll(lost).status()).isEqualTo(401);
            awaitDiscrepancy(lost, after, database);
            assertThat(kafka.keysSince("transaction-events", instant))
                    .contains(lost.transactionId().toString());

            Answer repeated = after.register().start(after.register().purchase(700), "sale-1");
            PolledTransaction.of(after.register(), repeated).awaitCompleted(TestTimeouts.TIMEOUT);
            assertThat(after.ran()).containsExactly(lost.transactionId(), repeated.transactionId());
        }
    }

    private static String pays(Shop shop) {
        return PolledTransaction.start(shop.register(), 800)
                .awaitCompleted(TestTimeouts.TIMEOUT)
                .data("TransactionResult");
    }

    private static void awaitDiscrepancy(Answer lost, Shop shop, DatabaseBackup database) {
        await().atMost(TestTimeouts.TIMEOUT).untilAsserted(() -> assertThat(database.query(
                        """
                                select count(*) from transaction.discrepancy
                                where reason = 'UNKNOWN_TRANSACTION' and type = 'device.transaction-finished.v1'
                                and transaction_id = '%s' and device_id = '%s' and payload like '%%OK-ACCEPTED%%'
                                """
                                .formatted(lost.transactionId(), shop.device().id())))
                .isEqualTo("1"));
    }

    private static String phaseOf(PolledTransaction transaction, DatabaseBackup database) throws Exception {
        return database.query("select phase from transaction.transaction where id = '%s'".formatted(transaction.id()));
    }

    private static String printed(Pattern pattern) {
        return await().until(() -> shops.stack().printed(pattern), match -> match.isPresent())
                .orElseThrow()
                .group(1);
    }
}
