package dev.terminalcloud.systemtests.migrations;

import static dev.terminalcloud.systemtests.migrations.TableUses.Access.READS;
import static dev.terminalcloud.systemtests.migrations.TableUses.Access.WRITES;
import static org.assertj.core.api.Assertions.assertThat;

import dev.terminalcloud.systemtests.migrations.TableUses.Access;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;

/**
 * Each table has an owner, the class with its statements. Others that name the table are in its row, with the reason, and no others do: so
 * whoever changes a table knows the statements to look at. Views may be read by any class.
 */
class TableOwnersTest {
    private static final String OPERATORS = "report for operators: nothing is decided by it";
    private static final String METRIC = "counts rows for a metric";
    private static final String AT_REST = "one query a second finds whether any job has work";
    private static final String RETENTION = "removes what has expired, row by row under their locks";

    private static final List<Table> TABLES = List.of(
            // shared-events
            Table.of("outbox", "outbox.OutboxTable"),
            Table.of("outbox_relay", "outbox.OutboxTable"),
            Table.of("audit_entry", "administration.AuditTable"),
            Table.of("resolved_dead_letter", "administration.ResolvedDeadLetters"),
            Table.of("device_route", "routes.DeviceRoutes"),
            Table.of("connector", "routes.ConnectorTable")
                    .readBy("routes.DeviceSessionTable", "a session counts by the state of its connector")
                    .readBy(
                            "transaction.pairings.WatchedPairings",
                            "a device is offline some time after its connector"),
            Table.of("device_session", "routes.DeviceSessionTable")
                    .readBy("transaction.timers.DueTransactions", "locks the transactions of devices without a session")
                    .readBy("transaction.pairings.WatchedPairings", "locks the pairings of devices without a session")
                    .readBy("transaction.administration.TransactionQueries", OPERATORS),
            Table.of("probe", "routes.Probes"),
            // transaction-service
            Table.of("registered_device", "transaction.registry.DeviceRegistryConsumer")
                    .readBy(
                            "transaction.lifecycle.ResolutionStatus",
                            "is a part of statements that find transactions by it"),
            Table.of("pairing", "transaction.pairings.PairingTable")
                    .writtenBy("transaction.pairings.WatchedPairings", "offline_notified_at, with its notification"),
            Table.of("paired_device", "transaction.pairings.PairingTable")
                    .readBy("transaction.pairings.WatchedPairings", "joins it to find which pairing counts"),
            Table.of("transaction", "transaction.table.LockedTransactions")
                    .writtenBy("transaction.intake.IntakeTable", "the inserts, none for a device that is busy")
                    .writtenBy(
                            "transaction.timers.DueTransactions",
                            "next_report_at and report_wait, as it finds what is due")
                    .writtenBy("transaction.access.PollingTokens", "access_token and what is erased with it")
                    .writtenBy("transaction.retention.IdempotencyKeyCleanup", RETENTION)
                    .writtenBy("transaction.retention.TransactionCleanup", RETENTION)
                    .readBy("transaction.table.TransactionTable", "finds entities")
                    .readBy("transaction.lifecycle.Discrepancies", "keeps those of transactions that have not ended")
                    .readBy("transaction.pairings.PairingTable", "locks the pairings of transactions, all at once")
                    .readBy("transaction.intake.LinkedRefunds", "sums refunds under the lock of their purchase")
                    .readBy("transaction.lookup.RegisterTransactions", "finds what a register may see")
                    .readBy("transaction.polling.TransactionViews", "finds entities for polls")
                    .readBy("transaction.polling.VersionLookup", "compares the versions that polls know")
                    .readBy("transaction.presence.RegisterDevice", "whether a device is busy, which decides nothing")
                    .readBy("transaction.administration.ManualResolutions", "the resolution status of a locked row")
                    .readBy("transaction.administration.TransactionQueries", OPERATORS)
                    .readBy("transaction.timers.OpenTransactionMetrics", METRIC)
                    .readBy("transaction.timers.NothingPending", AT_REST),
            Table.of("discrepancy", "transaction.lifecycle.Discrepancies")
                    .readBy("transaction.administration.TransactionQueries", OPERATORS),
            Table.of("service_level", "transaction.servicelevel.ServiceLevelTable"),
            Table.of("start_rate_limit", "transaction.intake.SharedRateLimiter"),
            Table.of("callback", "transaction.callbackqueue.CallbackQueue")
                    .readBy("transaction.access.PollingTokens", "keeps the URL of one that is still to be sent")
                    .readBy(
                            "transaction.retention.TransactionCleanup",
                            "keeps a transaction with one that is still to be sent")
                    .readBy("transaction.administration.TransactionQueries", OPERATORS)
                    .readBy("transaction.timers.NothingPending", AT_REST),
            Table.of("notification", "transaction.notificationqueue.NotificationQueue")
                    .readBy("transaction.timers.NothingPending", AT_REST),
            // pairing-service
            Table.of("device", "pairing.devices.Presence")
                    .readBy("pairing.registers.RegisterRepository", "finds locked devices without a register")
                    .readBy("pairing.publication.PublicationTable", "publishes all state again, page by page")
                    .readBy("pairing.administration.DeviceQueries", OPERATORS)
                    .readBy("pairing.administration.RegisterQueries", OPERATORS),
            Table.of("register", "pairing.registers.RegisterRepository")
                    .readBy("pairing.devices.Presence", "what devices are told when they connect, all at once")
                    .readBy("pairing.publication.PublicationTable", "publishes all state again, page by page")
                    .readBy("pairing.administration.DeviceQueries", OPERATORS)
                    .readBy("pairing.administration.RegisterQueries", OPERATORS),
            Table.of("pairing_code", "pairing.codes.PairingCodes")
                    .readBy("pairing.wrongcodes.WrongCodeBrake", "weighs a guess with the codes that it could have hit")
                    .readBy("pairing.wrongcodes.WrongCodeLimiter", "allows more to an address that has paired"),
            Table.of("pairing_history", "pairing.history.PairingHistory")
                    .readBy("pairing.registers.RegisterRepository", "keeps contacts until a pairing has ended long ago")
                    .readBy("pairing.publication.PublicationTable", "finds how the newest pairing of a device ended")
                    .readBy("pairing.administration.RegisterQueries", OPERATORS),
            Table.of("wrong_code", "pairing.wrongcodes.WrongCodeLimiter")
                    .readBy("pairing.wrongcodes.WrongCodeBrake", "closes above the rate of all addresses"),
            Table.of("wrong_code_alert", "pairing.wrongcodes.WrongCodeAlert"),
            Table.of("known_address", "pairing.wrongcodes.KnownAddresses"),
            Table.of("unknown_guess", "pairing.wrongcodes.WrongCodeBrake"),
            Table.of("ipv6_attempt", "pairing.wrongcodes.NetworkLimiter"),
            Table.of("kafka_topics", "pairing.publication.PublicationTable"));

    private static final TableUses USES =
            new TableUses(TABLES.stream().map(Table::name).collect(Collectors.toSet()));

    /** A class that is not the owner, and why it names the table. */
    private record Other(String className, Access access, String reason) {}

    /** @param owner the class with the statements; classes are without {@code dev.terminalcloud} */
    private record Table(String name, String owner, List<Other> others) {
        static Table of(String name, String owner) {
            return new Table(name, owner, List.of());
        }

        Table readBy(String className, String reason) {
            return with(new Other(className, READS, reason));
        }

        Table writtenBy(String className, String reason) {
            return with(new Other(className, WRITES, reason));
        }

        private Table with(Other other) {
            List<Other> more = new ArrayList<>(others);
            more.add(other);
            return new Table(name, owner, List.copyOf(more));
        }

        Map<String, Access> allowed() {
            Map<String, Access> allowed = new TreeMap<>(Map.of(owner, WRITES));
            others.forEach(other -> allowed.put(other.className(), other.access()));
            return allowed;
        }
    }

    @Test
    void eachTableOfTheMigrationsHasAnOwner() {
        Set<String> created = Migration.all().stream()
                .flatMap(migration -> MigrationRules.tablesCreatedBy(migration.sql()).stream())
                .collect(Collectors.toCollection(TreeSet::new));

        assertThat(TABLES).extracting(Table::name).containsExactlyInAnyOrderElementsOf(created);
    }

    @Test
    void tablesAreUsedByTheClassesOfTheirRowsAndNoOthers() {
        Map<String, Map<String, Access>> allowed =
                TABLES.stream().collect(Collectors.toMap(Table::name, Table::allowed));
        Map<String, Map<String, Access>> found = USES.ofServices();

        assertThat(lines(found)).as("tables with the classes that name them").containsExactlyElementsOf(lines(allowed));
    }

    private static List<String> lines(Map<String, Map<String, Access>> classes) {
        return classes.entrySet().stream()
                .flatMap(table -> table.getValue().entrySet().stream()
                        .map(use -> "%s %s %s".formatted(use.getKey(), use.getValue(), table.getKey())))
                .sorted()
                .toList();
    }

    @Test
    void eachOtherClassHasAReason() {
        assertThat(TABLES).flatExtracting(Table::others).isNotEmpty().allSatisfy(other -> assertThat(other.reason())
                .isNotBlank());
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
