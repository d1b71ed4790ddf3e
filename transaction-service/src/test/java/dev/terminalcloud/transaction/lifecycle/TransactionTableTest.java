package dev.terminalcloud.transaction.lifecycle;

import static java.util.Map.entry;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import dev.terminalcloud.database.OwnContext;
import dev.terminalcloud.embedded.test.TestInfrastructure;
import dev.terminalcloud.events.CancellationStatus;
import dev.terminalcloud.events.DeviceReport;
import dev.terminalcloud.events.Result;
import dev.terminalcloud.events.TransactionResult;
import dev.terminalcloud.outbox.Outbox;
import dev.terminalcloud.outbox.WriteTransaction;
import dev.terminalcloud.transaction.TestFixtures;
import dev.terminalcloud.transaction.table.TransactionTable;
import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.common.ResourceArg;
import io.quarkus.test.junit.QuarkusTest;
import io.smallrye.mutiny.Uni;
import io.vertx.core.Vertx;
import io.vertx.mutiny.sqlclient.Tuple;
import jakarta.inject.Inject;
import jakarta.persistence.Transient;
import java.lang.reflect.Field;
import java.lang.reflect.Modifier;
import java.lang.reflect.RecordComponent;
import java.time.Duration;
import java.time.Instant;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.Function;
import java.util.function.UnaryOperator;
import java.util.stream.Collectors;
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
    TransactionTable transactions;

    @Inject
    Outbox outbox;

    @Inject
    TestFixtures fixtures;

    @Inject
    Vertx vertx;

    /** A new member of a transaction never changes, or is one of its state. */
    @Test
    void onlyTheStateMayChange() {
        Set<String> changed = members();
        changed.removeAll(NOT_CHANGED);

        assertThat(changed).containsExactly("state");
    }

    /** A new member of the state has a value that the statement writes. */
    @Test
    void eachMemberOfTheStateIsWritten() {
        UUID id = insert();

        change(id, state -> allMembersSet());

        TransactionState loaded = load(id).state();
        assertThat(stateMembers())
                .allSatisfy(member ->
                        assertThat(get(member, loaded)).as(member.getName()).isEqualTo(valueOf(member)));
    }

    @Test
    void promptAndCancellationAreErased() {
        UUID id = insert();
        change(id, state -> allMembersSet());

        change(id, state -> state.withPrompt(null).withCancellation(null));

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
                .invoke(locked -> locked.get(changed).change(TransactionTableTest::delivered)));

        assertThat(versionOf(unchanged)).isEqualTo(version);
        assertThat(load(changed).state().delivery()).isEqualTo(Delivery.SENT);
    }

    @Test
    void changesOfFailedWorkAreNotWritten() {
        UUID id = insert();

        assertThatThrownBy(() -> work(write -> transactions
                        .lock(write, List.of(id), List.of())
                        .invoke(locked -> locked.get(id).change(TransactionTableTest::delivered))
                        .invoke(() -> {
                            throw new IllegalStateException("by the test");
                        })))
                .hasMessage("by the test");

        assertThat(load(id).state().delivery()).isEqualTo(Delivery.QUEUED);
    }

    @Test
    void secondLockInTheSameWorkSeesTheChange() {
        UUID id = insert();

        work(write -> transactions
                .lock(write, List.of(id), List.of())
                .invoke(locked -> locked.get(id).change(TransactionTableTest::delivered))
                .chain(() -> transactions.lock(write, List.of(id), List.of()))
                .invoke(again -> again.get(id).change(state -> state.started(Instant.EPOCH))));

        assertThat(load(id).phase()).isEqualTo(Phase.STARTED);
        assertThat(fixtures.count("transaction where id = $1 and delivered_at is not null", Tuple.of(id)))
                .isEqualTo(1);
    }

    /** A row that another one has locked and not changed is not read again when it is unlocked. */
    @Test
    void factsAreDatedAfterTheWaitForTheLock() {
        UUID id = insert();
        AtomicReference<CompletableFuture<Instant>> dated = new AtomicReference<>();

        Instant beforeTheUnlock = fixtures.whileLocked(id, () -> {
            dated.set(CompletableFuture.supplyAsync(() -> lockedAt(id)));
            await().atMost(TIMEOUT)
                    .until(() ->
                            fixtures.count("pg_locks where locktype = 'transactionid' and not granted", Tuple.tuple())
                                    > 0);
        });

        assertThat(dated.get().join()).isAfter(beforeTheUnlock);
    }

    @Test
    void factsOfOneWorkHaveTheTimeOfTheLock() {
        UUID id = insert();
        AtomicReference<Instant> lockedAt = new AtomicReference<>();

        work(write -> transactions.lock(write, List.of(id), List.of()).invoke(locked -> {
            Transaction transaction = locked.get(id);
            transaction.add(TransactionState::delivered);
            transaction.add(TransactionState::started);
            lockedAt.set(transaction.lockedAt().time());
        }));

        TransactionState loaded = load(id).state();
        assertThat(List.of(loaded.deliveredAt(), loaded.startedAt())).containsOnly(lockedAt.get());
    }

    @Test
    void transactionThatWasOnlyReadGetsNoFact() {
        Transaction read = load(insert());

        assertThatThrownBy(() -> read.add(TransactionState::delivered))
                .isInstanceOf(IllegalStateException.class)
                .hasMessage("Transaction is not locked: transactionId=" + read.id());
    }

    private Instant lockedAt(UUID id) {
        AtomicReference<Instant> time = new AtomicReference<>();
        work(write -> transactions
                .lock(write, List.of(id), List.of())
                .invoke(locked -> time.set(locked.get(id).lockedAt().time())));
        return time.get();
    }

    private void change(UUID id, UnaryOperator<TransactionState> change) {
        work(write -> transactions.lock(write, List.of(id), List.of()).invoke(locked -> locked.get(id)
                .change(change)));
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

    private static TransactionState delivered(TransactionState state) {
        return state.delivered(Instant.EPOCH);
    }

    private static Set<String> members() {
        return Arrays.stream(Transaction.class.getDeclaredFields())
                .filter(member -> !Modifier.isStatic(member.getModifiers()) && !member.isSynthetic())
                .filter(member -> !member.isAnnotationPresent(Transient.class))
                .map(Field::getName)
                .filter(name -> !name.startsWith("$"))
                .collect(Collectors.toSet());
    }

    private static List<RecordComponent> stateMembers() {
        return List.of(TransactionState.class.getRecordComponents());
    }

    private static TransactionState allMembersSet() {
        Class<?>[] types = stateMembers().stream().map(RecordComponent::getType).toArray(Class<?>[]::new);
        try {
            return TransactionState.class
                    .getDeclaredConstructor(types)
                    .newInstance(stateMembers().stream()
                            .map(TransactionTableTest::valueOf)
                            .toArray());
        } catch (ReflectiveOperationException e) {
            throw new LinkageError("Failed to use the record", e);
        }
    }

    /** Times differ, so that none can be written in the place of another. */
    private static Object valueOf(RecordComponent member) {
        if (member.getType() == Instant.class) {
            return FIRST_TIME.plusSeconds(stateMembers().stream()
                    .map(RecordComponent::getName)
                    .toList()
                    .indexOf(member.getName()));
        }
        assertThat(VALUES).as(member.getName()).containsKey(member.getType());
        return VALUES.get(member.getType());
    }

    private static Object get(RecordComponent member, TransactionState state) {
        try {
            return member.getAccessor().invoke(state);
        } catch (ReflectiveOperationException e) {
            throw new LinkageError("Failed to use the record", e);
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
