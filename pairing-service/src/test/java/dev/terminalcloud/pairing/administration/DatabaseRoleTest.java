package dev.terminalcloud.pairing.administration;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.terminalcloud.pairing.TestFixtures;
import io.quarkus.test.junit.QuarkusTest;
import jakarta.inject.Inject;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import javax.sql.DataSource;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The role with which the service works has the rights that it needs, and no right to change the audit trail or a table. */
@QuarkusTest
class DatabaseRoleTest {
    private static final String INSUFFICIENT_PRIVILEGE = "42501";

    /** The pool of the service itself. */
    @Inject
    DataSource service;

    @Inject
    TestFixtures world;

    @ParameterizedTest
    @ValueSource(
            strings = {
                "update audit_entry set principal = 'somebody else'",
                "delete from audit_entry",
                "truncate audit_entry",
                "alter table audit_entry disable trigger all",
                "drop trigger audit_entry_is_append_only on audit_entry",
                "drop table audit_entry",
                "create or replace function audit_entry_is_append_only() returns trigger language plpgsql as 'begin end'",
                "alter table device add column more text",
                "create table more (id bigint)",
                "delete from flyway_schema_history"
            })
    void roleOfTheServiceCanNot(String statement) {
        world.device();

        assertThatThrownBy(() -> execute(statement))
                .isInstanceOfSatisfying(SQLException.class, refusal -> assertThat(refusal.getSQLState())
                        .isEqualTo(INSUFFICIENT_PRIVILEGE));
    }

    @Test
    void roleOfTheServiceReadsTheAuditTrail() throws SQLException {
        execute("select count(*) from audit_entry");
    }

    private void execute(String sql) throws SQLException {
        try (Connection connection = service.getConnection();
                Statement statement = connection.createStatement()) {
            statement.execute(sql);
        }
    }
}
