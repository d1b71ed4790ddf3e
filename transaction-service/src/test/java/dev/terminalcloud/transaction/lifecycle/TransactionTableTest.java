package dev.terminalcloud.transaction.lifecycle;

import static java.util.Map.entry;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.terminalcloud.database.OwnContext;
import dev.terminalcloud.embedded.test.TestInfrastructure;
import dev.terminalcloud.events.CancellationStatus;
import dev.terminalcloud.events.DeviceReport;
import dev.terminalcloud.events.Result;
import dev.terminalcloud.events.TransactionResult;
import dev.terminalcloud.outbox.Outbox;
import dev.terminalcloud.outbox.WriteTransaction;
import dev.terminalcloud.transaction.TestFixtures;
import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.common.ResourceArg;
import io.quarkus.test.junit.QuarkusTest;
import io.smallrye.mutiny.Uni;
import io.vertx.core.Vertx;
import io.vertx.mutiny.sqlclient.Tuple;
import jakarta.inject.Inject;
import java.lang.reflect.Field;
import java.lang.reflect.Modifier;
import java.time.Duration;
import java.time.Instant;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import java.util.function.Consumer;
import java.util.function.Function;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** Each member of a transaction that changes while its row is locked is written. */
@QuarkusTest
@QuarkusTestResource(
        value = TestInfrastructure.class,
        initArgs = @ResourceArg(name = TestInfrastructure.SERVICE, value = "transaction"))
class TransactionTableTest {
    private static final Duration TIMEOUT = Duration.ofMinutes(1);

    /** Set before the intake, or by statements of their own. */
    private static final Set<String> NOT_CHANGED = Set.of(
            "id",
            "access",
            "register",
            "deviceId",
            "pairingNumber",
            "request",
            "refunded",
            "createdAt",
            "callbackUrl",
            "posReferenceId",
            "idempotencyKeyHash",
            "traceparent");

    private static final Instant FIRST_TIME = Instant.parse("2026-01-02T03:04:05.123456Z");

    private static final Map<Class<?>, Object> VALUES = Map.ofEntries(
            entry(Phase.class, Phase.COMPLETED),
            entry(long.class, 7L),
            entry(UUID.class, UUID.randomUUID()),
            entry(String.class, "ENTER \"PIN\" – ü"),
            entry(
                    CancellationState.class,
                    new CancellationState(CancellationStatus.TOO_LATE, Instant.parse("2026-02-03T04:05:06Z"))),
            entry(DeviceReport.class, DeviceReport.of(TransactionResult.OK_ACCEPTED, Result.OK)));

    @Inject
    TransactionRepository transactions;

    @Inject
    Outbox outbox;

    @Inject
    TestFixtures fixtures;

    @Inject
    Vertx vertx;

    /** A member that is new here is one of those that never change, or has a value that the statement writes. */
    @Test
    void eachMemberThatMayChangeIsWritten() {
        UUID id = insert();

        change(id, transaction -> changingMembers().forEach(member -> set(member, transaction)));

        assertThat(load(id)).satisfies(loaded -> changingMembers()
                .forEach(member ->
                        assertThat(get(member, loaded)).as(member.getName()).isEqualTo(valueOf(member))));
    }

    @Test
    void promptAndCancellationAreErased() {
        UUID id = insert();
        change(id, transaction -> changingMembers().forEach(member -> set(member, transaction)));

        change(id, transaction -> changingMembers()
                .filter(member -> member.getType() == String.class || member.getType() == CancellationState.class)
                .forEach(member -> set(member, transaction, null)));

        assertThat(load(id).prompt()).isEmpty();
        assertThat(load(id).cancellation()).isEmpty();
        assertThat(load(id).outcome()).isPresent();
    }

    @Test
    void onlyChangedRowsAreWritten() {
        UUID unchanged = insert();
        UUID changed = insert();
        long version = versionOf(unchanged);

        work(write -> transactions
                .lock(write, List.of(unchanged, changed), List.of())
                .invoke(locked -> locked.get(changed).delivered(Instant.EPOCH)));

        assertThat(versionOf(unchanged)).isEqualTo(version);
        assertThat(load(changed).delivery()).isEqualTo(Delivery.SENT);
    }

    @Test
    void changesOfFailedWorkAreNotWritten() {
        UUID id = insert();

        assertThatThrownBy(() -> work(write -> transactions
                        .lock(write, List.of(id), List.of())
                        .invoke(locked -> locked.get(id).delivered(Instant.EPOCH))
                        .invoke(() -> {
                            throw new IllegalStateException("by the test");
                        })))
                .hasMessage("by the test");

        assertThat(load(id).delivery()).isEqualTo(Delivery.QUEUED);
    }

    @Test
    void secondLockInTheSameWorkSeesTheChange() {
        UUID id = insert();

        work(write -> transactions
                .lock(write, List.of(id), List.of())
                .invoke(locked -> locked.get(id).delivered(Instant.EPOCH))
                .chain(() -> transactions.lock(write, List.of(id), List.of()))
                .invoke(again -> again.get(id).started(Instant.EPOCH)));

        assertThat(load(id).phase()).isEqualTo(Phase.STARTED);
        assertThat(fixtures.count("transaction where id = $1 and delivered_at is not null", Tuple.of(id)))
                .isEqualTo(1);
    }

    private void change(UUID id, Consumer<Transaction> change) {
        work(write -> transactions.lock(write, List.of(id), List.of()).invoke(locked -> change.accept(locked.get(id))));
    }

    private void work(Function<WriteTransaction, Uni<?>> work) {
        OwnContext.run(
                        vertx,
                        () -> outbox.inTransaction(write -> work.apply(write).replaceWithVoid()))
                .await()
                .atMost(TIMEOUT);
    }

    private Transaction load(UUID id) {
        return OwnContext.run(vertx, () -> transactions.load(id)).await().atMost(TIMEOUT);
    }

    private static Stream<Field> changingMembers() {
        return Arrays.stream(Transaction.class.getDeclaredFields())
                .filter(member -> !Modifier.isStatic(member.getModifiers()) && !member.isSynthetic())
                .filter(member -> !member.getName().startsWith("$"))
                .filter(member -> !NOT_CHANGED.contains(member.getName()))
                .peek(member -> member.setAccessible(true));
    }

    private static void set(Field member, Transaction transaction) {
        set(member, transaction, valueOf(member));
    }

    /** Times differ, so that none can be written in the place of another. */
    private static Object valueOf(Field member) {
        if (member.getType() == Instant.class) {
            return FIRST_TIME.plusSeconds(changingMembers().toList().indexOf(member));
        }
        assertThat(VALUES).as(member.getName()).containsKey(member.getType());
        return VALUES.get(member.getType());
    }

    private static void set(Field member, Transaction transaction, Object value) {
        try {
            member.set(transaction, value);
        } catch (IllegalAccessException e) {
            throw new AssertionError(e);
        }
    }

    private static Object get(Field member, Transaction transaction) {
        try {
            return member.get(transaction);
        } catch (IllegalAccessException e) {
            throw new AssertionError(e);
        }
    }

    /** Returns PostgreSQL's version of the row. */
    private long versionOf(UUID id) {
        return fixtures.sum("cast(cast(xmin as text) as bigint)", "transaction where id = $1", id);
    }

    private UUID insert() {
        UUID id = UUID.randomUUID();
        fixtures.execute(
                """
                insert into transaction (id, access_token, vendor_name, business_name, register_id, device_id, pairing_number,
                    function, phase, expires_at, overdue_at)
                values ($1, $1, 'vendor', 'business', 'register', $2, 1, 'CARD_PURCHASE', 'QUEUED', now() + interval '1 day',
                    now() + interval '1 day')
                """,
                Tuple.of(id, id.toString()));
        return id;
    }
}
