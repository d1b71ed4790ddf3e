package dev.terminalcloud.pairing.administration;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.terminalcloud.administration.AuditCleanup;
import dev.terminalcloud.administration.ResolvedDeadLetterCleanup;
import dev.terminalcloud.pairing.Database;
import io.quarkus.test.junit.QuarkusTest;
import jakarta.inject.Inject;
import java.time.Duration;
import java.util.UUID;
import org.junit.jupiter.api.Test;

/** End of the retention of the audit trail and of the resolutions of dead letters. */
@QuarkusTest
class AuditCleanupTest {
    private static final String PRINCIPALS = "select principal from audit_entry where principal like ? order by at";

    @Inject
    Database database;

    @Inject
    AuditCleanup audit;

    @Inject
    ResolvedDeadLetterCleanup letters;

    private final String run = UUID.randomUUID().toString();

    @Test
    void entriesAreDeletedAfterTheirRetention() {
        entry("401 days");
        entry("399 days");

        audit.deleteExpired().await().atMost(Duration.ofSeconds(60));

        assertThat(database.query(PRINCIPALS, run + "%")).containsExactly(run + "399 days");
    }

    @Test
    void databaseRefusesToDeleteEntriesOfTheLastNinetyDays() {
        entry("91 days");
        entry("89 days");

        assertThatThrownBy(() -> database.update("delete from audit_entry where principal like ?", run + "%"))
                .hasStackTraceContaining("audit_entry is append-only");
        assertThatThrownBy(() -> database.query("select delete_expired_audit_entries(interval '89 days', 1000)"))
                .hasStackTraceContaining("the retention of audit_entry must be at least 90 days");
        assertThat(database.query(PRINCIPALS, run + "%")).hasSize(2);
    }

    @Test
    void functionDeletesAsManyEntriesAsItIsAskedTo() {
        entry("100 days");
        entry("99 days");
        long before = database.count("select count(*) from audit_entry where at < now() - interval '90 days'");

        assertThat(database.query("select delete_expired_audit_entries(interval '90 days', 1)"))
                .containsExactly(1);

        assertThat(database.count("select count(*) from audit_entry where at < now() - interval '90 days'"))
                .isEqualTo(before - 1);
    }

    @Test
    void functionFindsItsTableInItsOwnSchemaOnly() {
        assertThat(
                        database.query(
                                "select array_to_string(proconfig, ';') from pg_proc where proname = 'delete_expired_audit_entries'"))
                .containsExactly("search_path=pairing, pg_temp");
    }

    @Test
    void resolutionsAreDeletedAfterTheirRetention() {
        resolution(1, "181 days");
        resolution(2, "179 days");

        letters.deleteExpired().await().atMost(Duration.ofSeconds(60));

        assertThat(database.query("select record_offset from resolved_dead_letter where topic = ?", run))
                .containsExactly(2L);
    }

    private void entry(String age) {
        database.update(
                """
                insert into audit_entry (at, principal, address, action, outcome)
                values (now() - cast(? as interval), ?, '192.0.2.1', 'REVOKE', 'DONE')
                """,
                age,
                run + age);
    }

    private void resolution(long offset, String age) {
        database.update(
                """
                insert into resolved_dead_letter (topic, partition, record_offset, action, resolved_at)
                values (?, 0, ?, 'DROP_DEAD_LETTER', now() - cast(? as interval))
                """,
                run,
                offset,
                age);
    }
}
