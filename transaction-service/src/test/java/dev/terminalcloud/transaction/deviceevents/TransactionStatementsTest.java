package dev.terminalcloud.transaction.deviceevents;

import static org.assertj.core.api.Assertions.assertThat;

import dev.terminalcloud.embedded.test.ExecutedStatements;
import dev.terminalcloud.embedded.test.TestInfrastructure;
import dev.terminalcloud.events.DeviceEvent;
import dev.terminalcloud.events.DeviceEvent.DeviceConnected;
import dev.terminalcloud.events.DeviceEvent.TransactionClaimed;
import dev.terminalcloud.events.DeviceEvent.TransactionFinished;
import dev.terminalcloud.events.DeviceEvent.TransactionProgressed;
import dev.terminalcloud.events.DeviceReport;
import dev.terminalcloud.events.DeviceStatus;
import dev.terminalcloud.events.Result;
import dev.terminalcloud.events.TransactionResult;
import dev.terminalcloud.outbox.Outbox;
import dev.terminalcloud.transaction.TestFixtures;
import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.common.ResourceArg;
import io.quarkus.test.junit.QuarkusTest;
import io.vertx.core.Vertx;
import io.vertx.mutiny.sqlclient.Tuple;
import jakarta.inject.Inject;
import java.util.List;
import java.util.UUID;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.Function;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Cost of a batch of events about transactions for the database, however many transactions it changes. */
@QuarkusTest
@QuarkusTestResource(
        value = TestInfrastructure.class,
        initArgs = @ResourceArg(name = TestInfrastructure.SERVICE, value = "transaction"))
class TransactionStatementsTest {
    /** A connector that only these tests use. */
    private static final int CONNECTOR = 19;

    private static final String VENDOR = "Statements";
    private static final AtomicLong IDS = new AtomicLong(91_000_000_000L);

    /** A device with a session and an unfinished transaction. */
    private record Busy(String device, UUID session, UUID transaction) {
        static Busy random() {
            return new Busy(Long.toString(IDS.incrementAndGet()), UUID.randomUUID(), UUID.randomUUID());
        }

        DeviceEvent connects() {
            return new DeviceConnected(device, session, CONNECTOR, 1, "T100", "1.0", DeviceStatus.READY);
        }

        DeviceEvent claims() {
            return new TransactionClaimed(device, session, transaction);
        }

        DeviceEvent shows(String prompt) {
            return new TransactionProgressed(device, session, transaction, prompt);
        }

        DeviceEvent finishes(TransactionResult result) {
            return new TransactionFinished(device, session, transaction, DeviceReport.of(result, Result.OK));
        }
    }

    @Inject
    Outbox outbox;

    @Inject
    DeviceEventHandler handler;

    @Inject
    TestFixtures fixtures;

    @Inject
    Vertx vertx;

    /** Their callbacks are those of no register. */
    @AfterEach
    void deleteTransactions() {
        fixtures.execute("delete from transaction where vendor_name = $1", Tuple.of(VENDOR));
    }

    @ParameterizedTest
    @ValueSource(ints = {1, 8, 64})
    void claimsOfABatchAreGrantedTogether(int size) {
        List<Busy> devices = connected(size);

        List<String> statements = apply(devices, Busy::claims);

        // Lock devices, transactions; load routes; lock pairings; update transactions, insert events.
        assertThat(statements).hasSize(6);
        assertThat(count(devices, "phase = 'STARTED' and delivered_at is not null"))
                .isEqualTo(size);
    }

    @ParameterizedTest
    @ValueSource(ints = {1, 8, 64})
    void resultsOfABatchAreStoredTogether(int size) {
        List<Busy> devices = connected(size);
        apply(devices, Busy::claims);

        List<String> statements = apply(devices, device -> device.finishes(TransactionResult.OK_ACCEPTED));

        // Lock devices, transactions; update transactions, insert callbacks, events.
        assertThat(statements).hasSize(5);
        assertThat(count(devices, "phase = 'COMPLETED' and outcome like '%OK-ACCEPTED%'"))
                .isEqualTo(size);
    }

    @ParameterizedTest
    @ValueSource(ints = {1, 8, 64})
    void contradictionsOfABatchAreStoredTogether(int size) {
        List<Busy> devices = connected(size);
        apply(devices, Busy::claims);
        apply(devices, device -> device.finishes(TransactionResult.OK_ACCEPTED));

        List<String> statements = apply(devices, device -> device.finishes(TransactionResult.OK_DECLINED));

        // Lock devices, transactions; insert discrepancies.
        assertThat(statements).hasSize(3);
        assertThat(count(
                        devices,
                        "outcome like '%OK-ACCEPTED%' and exists (select from discrepancy d"
                                + " where d.transaction_id = transaction.id and d.reason = 'CONTRADICTS_OUTCOME')"))
                .isEqualTo(size);
    }

    @ParameterizedTest
    @ValueSource(ints = {1, 8, 64})
    void wholeTransactionsOfABatchAreStoredTogether(int size) {
        List<Busy> devices = connected(size);

        List<String> statements = apply(devices.stream()
                .flatMap(device -> Stream.of(
                        device.claims(),
                        device.shows("PRESENT CARD"),
                        device.shows("ENTER PIN"),
                        device.finishes(TransactionResult.OK_ACCEPTED)))
                .toList());

        // Lock devices, transactions; load routes; lock pairings; update transactions, insert callbacks, events.
        assertThat(statements).hasSize(7);
        assertThat(count(devices, "phase = 'COMPLETED' and version = 5 and prompt is null"))
                .isEqualTo(size);
    }

    @ParameterizedTest
    @ValueSource(ints = {1, 8, 64})
    void transactionsAreOfferedTogetherToDevicesThatConnect(int size) {
        List<Busy> devices = disconnected(size);

        List<String> statements = apply(devices, Busy::connects);

        // Lock devices, transactions; open, load routes; update transactions, insert events.
        assertThat(statements).hasSize(6);
        assertThat(count(devices, "offered_at is not null and offered_to_session is not null"))
                .isEqualTo(size);
    }

    @ParameterizedTest
    @ValueSource(ints = {1, 8, 64})
    void repeatedEventsWriteNothing(int size) {
        List<Busy> devices = connected(size);
        apply(devices, Busy::claims);
        apply(devices, device -> device.shows("PRESENT CARD"));

        List<String> statements = apply(devices, device -> device.shows("PRESENT CARD"));

        // Lock transactions.
        assertThat(statements).hasSize(1);
    }

    @ParameterizedTest
    @ValueSource(ints = {1, 8, 64})
    void promptsOfABatchAreStoredTogether(int size) {
        List<Busy> devices = connected(size);
        apply(devices, Busy::claims);

        List<String> statements = apply(devices, device -> device.shows("PRESENT CARD"));

        // Lock transactions; update them, insert events.
        assertThat(statements).hasSize(3);
        assertThat(count(devices, "prompt = 'PRESENT CARD'")).isEqualTo(size);
    }

    private List<Busy> connected(int size) {
        List<Busy> devices = disconnected(size);
        apply(devices, Busy::connects);
        return devices;
    }

    /** Learns the epoch of the connector before, which only its first session needs. */
    private List<Busy> disconnected(int size) {
        apply(List.of(Busy.random().connects()));
        List<Busy> devices = Stream.generate(Busy::random).limit(size).toList();
        String[] ids = devices.stream().map(Busy::device).toArray(String[]::new);
        fixtures.execute(
                """
                insert into transaction (id, access_token, vendor_name, business_name, register_id, device_id, pairing_number,
                    function, phase, callback_url, expires_at, overdue_at)
                select r.id, r.id, $3, 'Shop', device, device, 1, 'ACQUIRER_LOGON', 'QUEUED', 'http://127.0.0.1:9/',
                    now() + interval '1 day', now() + interval '1 day'
                from unnest($1::uuid[], $2::text[]) as r(id, device)
                """,
                Tuple.of(transactions(devices), ids, VENDOR));
        fixtures.execute(
                """
                with known as (insert into device_route (device_id) select unnest($1::text[])),
                    paired as (insert into paired_device (device_id, newest_pairing_number) select unnest($1::text[]), 1)
                insert into pairing (vendor_name, register_id, version, business_name, device_id, pairing_number)
                select $2, device, 1, 'Shop', device, 1 from unnest($1::text[]) as r(device)
                """,
                Tuple.of(ids, VENDOR));
        return devices;
    }

    private long count(List<Busy> devices, String condition) {
        return fixtures.count("transaction where id = any ($1) and " + condition, Tuple.of(transactions(devices)));
    }

    private static UUID[] transactions(List<Busy> devices) {
        return devices.stream().map(Busy::transaction).toArray(UUID[]::new);
    }

    private List<String> apply(List<Busy> devices, Function<Busy, DeviceEvent> event) {
        return apply(devices.stream().map(event).toList());
    }

    private List<String> apply(List<DeviceEvent> events) {
        return ExecutedStatements.of(vertx, outbox, handler, events);
    }
}
