package dev.terminalcloud.systemtests.migrations;

import static dev.terminalcloud.systemtests.migrations.TableUses.Access.READS;
import static dev.terminalcloud.systemtests.migrations.TableUses.Access.WRITES;
import static org.assertj.core.api.Assertions.assertThat;

import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.core.domain.JavaModifier;
import dev.terminalcloud.systemtests.ProductionClasses;
import dev.terminalcloud.systemtests.migrations.TableUses.Access;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;

/**
 * Each table has an owner, the class with its statements, and no other class names it. If the statements would make the class too large,
 * they are in parts of it, which only the owner can use. So whoever changes a table knows the statements to look at: these, and the views
 * of the migrations, which any class may read and none may write. A statement that needs a piece of another table, such as a condition or an
 * insertion, gets it from the owner as text.
 */
class TableOwnersTest {
    private static final String PROJECT = "dev.terminalcloud.";

    private static final List<OwnedTable> TABLES = List.of(
            // shared-events
            OwnedTable.of("outbox", "outbox.OutboxTable"),
            OwnedTable.of("outbox_relay", "outbox.OutboxTable"),
            OwnedTable.of("audit_entry", "administration.AuditTable"),
            OwnedTable.of("resolved_dead_letter", "administration.ResolvedDeadLetters"),
            OwnedTable.of("device_route", "routes.DeviceRoutes"),
            OwnedTable.of("connector", "routes.ConnectorTable"),
            OwnedTable.of("device_session", "routes.DeviceSessionTable"),
            OwnedTable.of("probe", "routes.Probes"),
            // transaction-service
            OwnedTable.of("registered_device", "transaction.registry.DeviceRegistryConsumer"),
            OwnedTable.of("pairing", "transaction.pairings.PairingTable")
                    .withParts("transaction.pairings.WatchedPairings"),
            OwnedTable.of("paired_device", "transaction.pairings.PairingTable")
                    .withParts("transaction.pairings.WatchedPairings"),
            OwnedTable.of("transaction", "transaction.table.TransactionTable")
                    .withParts(
                            "transaction.table.NewTransactions",
                            "transaction.table.LockedTransactions",
                            "transaction.table.DueTransactions",
                            "transaction.table.ExpiredTransactions",
                            "transaction.table.StoredTransactions",
                            "transaction.table.TransactionAccess",
                            "transaction.table.TransactionFacts"),
            OwnedTable.of("discrepancy", "transaction.lifecycle.Discrepancies"),
            OwnedTable.of("service_level", "transaction.servicelevel.ServiceLevelTable"),
            OwnedTable.of("start_rate_limit", "transaction.intake.SharedRateLimiter"),
            OwnedTable.of("callback", "transaction.callbackqueue.CallbackQueue"),
            OwnedTable.of("notification", "transaction.notificationqueue.NotificationQueue"),
            // pairing-service
            OwnedTable.of("device", "pairing.devices.Presence"),
            OwnedTable.of("register", "pairing.registers.RegisterRepository"),
            OwnedTable.of("pairing_code", "pairing.codes.PairingCodes"),
            OwnedTable.of("pairing_history", "pairing.history.PairingHistory"),
            OwnedTable.of("wrong_code", "pairing.wrongcodes.WrongCodeLimiter"),
            OwnedTable.of("wrong_code_alert", "pairing.wrongcodes.WrongCodeAlert"),
            OwnedTable.of("known_address", "pairing.wrongcodes.KnownAddresses"),
            OwnedTable.of("unknown_guess", "pairing.wrongcodes.WrongCodeBrake"),
            OwnedTable.of("ipv6_attempt", "pairing.wrongcodes.NetworkLimiter"),
            OwnedTable.of("kafka_topics", "pairing.publication.PublicationTable"));

    private static final TableUses USES =
            new TableUses(TABLES.stream().map(OwnedTable::name).collect(Collectors.toSet()));

    @Test
    void eachTableOfTheMigrationsHasAnOwner() {
        Set<String> created = Migration.all().stream()
                .flatMap(migration -> MigrationRules.tablesCreatedBy(migration.sql()).stream())
                .collect(Collectors.toCollection(TreeSet::new));

        assertThat(TABLES).extracting(OwnedTable::name).containsExactlyInAnyOrderElementsOf(created);
    }

    @Test
    void tablesAreReadAndWrittenByTheirOwnersAlone() {
        Map<String, Map<String, Access>> found = USES.ofServices();

        assertThat(TABLES).allSatisfy(table -> {
            Map<String, Access> uses = found.getOrDefault(table.name(), Map.of());
            assertThat(table.ownersOf(uses.keySet()))
                    .as("classes that name %s", table.name())
                    .containsExactly(table.owner());
            assertThat(uses.keySet()).as("classes with %s", table.name()).containsAll(table.parts());
            assertThat(uses.values()).as("uses of %s", table.name()).contains(WRITES);
        });
    }

    /** PostgreSQL writes a simple view through to its table. */
    @Test
    void viewsAreReadAndNotWritten() {
        Set<String> views = Migration.all().stream()
                .flatMap(migration -> MigrationRules.viewsCreatedBy(migration.sql()).stream())
                .collect(Collectors.toCollection(TreeSet::new));
        Map<String, Map<String, Access>> found = new TableUses(views).ofServices();

        assertThat(found.keySet()).as("views that are read").isEqualTo(views).contains("open_session");
        assertThat(found)
                .allSatisfy((view, uses) ->
                        assertThat(uses.values()).as("uses of %s", view).containsOnly(READS));
    }

    /** Otherwise a part would be another owner under the name of this one. */
    @Test
    void partsAreUsedByTheirOwnersAlone() {
        Map<String, Set<String>> ownersOfParts = new TreeMap<>();
        TABLES.forEach(table -> table.parts().forEach(part -> ownersOfParts
                .computeIfAbsent(part, any -> new TreeSet<>())
                .add(table.owner())));

        assertThat(ownersOfParts).isNotEmpty().allSatisfy((part, owners) -> {
            JavaClass partClass = ProductionClasses.SERVICES.get(PROJECT + part);
            String owner = PROJECT + owners.iterator().next();
            assertThat(owners).as("owners of %s", part).hasSize(1);
            assertThat(partClass.getModifiers()).as(part).doesNotContain(JavaModifier.PUBLIC);
            assertThat(partClass.getPackageName())
                    .as("the package of %s", part)
                    .isEqualTo(ProductionClasses.SERVICES.get(owner).getPackageName());
            assertThat(usersOf(partClass)).as("classes that use %s", part).containsExactly(owner);
        });
    }

    private static Set<String> usersOf(JavaClass part) {
        return part.getDirectDependenciesToSelf().stream()
                .map(use -> topLevel(use.getOriginClass()))
                .filter(user -> !user.equals(part))
                .map(JavaClass::getName)
                .collect(Collectors.toCollection(TreeSet::new));
    }

    private static JavaClass topLevel(JavaClass aClass) {
        return aClass.getEnclosingClass().map(TableOwnersTest::topLevel).orElse(aClass);
    }

    @Test
    void statementsAreFoundInLiterals() {
        assertThat(USES.of("String a = \"insert into callback (transaction_id) values ($1)\";"))
                .isEqualTo(Map.of("callback", WRITES));
        assertThat(
                        USES.of(
                                """
                private static final String LOST = \"""
                        select t.id from transaction t join device_session s using (device_id)
                        order by t.id for update\""";
                private static final String TOUCH =
                        "update device set last_seen_at = now()";
                """))
                .isEqualTo(Map.of("transaction", READS, "device_session", READS, "device", WRITES));
        assertThat(USES.of("String hql = \"from Device d where not exists (select 1 from Register r)\";"))
                .isEqualTo(Map.of("device", READS, "register", READS));
        assertThat(USES.of("String cross = \"select 1 from pairing as p, probe\";"))
                .isEqualTo(Map.of("pairing", READS, "probe", READS));
    }

    @Test
    void proseAndCommentsAreNotStatements() {
        assertThat(
                        USES.of(
                                """
                /* "update device set" */ // "from outbox"
                char quote = '"';
                String text = "No confirmation from transaction-service";
                String other = "select device_id from registered";
                """))
                .isEmpty();
    }
}
