package dev.terminalcloud.servicestart;

import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import javax.sql.DataSource;

/**
 * The rights of the role with which a service works, given by the role that owns its tables: to read and write them, to add to the audit
 * trail, and nothing else. It can't change or remove an entry of the audit trail, nor any table, function or trigger.
 */
final class RoleGrants {
    private static final String ROLE = "terminalcloud.role";

    /** One statement, and so one transaction. Without the lock, grants of two replicas at once would fail. */
    private static final String GRANT =
            """
            do $$
            declare
                role name := current_setting('%s');
                tables name := current_schema();
            begin
                if role = current_user then
                    return;
                end if;
                perform pg_advisory_xact_lock(hashtext('terminalcloud.grants'));
                execute format('grant usage on schema %%I to %%I', tables, role);
                execute format('grant select, insert, update, delete on all tables in schema %%I to %%I', tables, role);
                execute format('revoke update, delete, truncate on %%I.audit_entry from %%I', tables, role);
                execute format('revoke insert, update, delete on %%I.flyway_schema_history from %%I', tables, role);
            end
            $$
            """
                    .formatted(ROLE);

    private RoleGrants() {}

    /**
     * Gives the rights, none if the role is the owner itself; returns the schema of the tables.
     *
     * @param owner connects as the owner of the tables
     */
    static String grant(DataSource owner, String role) throws SQLException {
        try (Connection connection = owner.getConnection();
                PreparedStatement setting =
                        connection.prepareStatement("select set_config('" + ROLE + "', ?, false), current_schema()");
                Statement grant = connection.createStatement()) {
            setting.setString(1, role);
            try (ResultSet row = setting.executeQuery()) {
                row.next();
                String schema = row.getString(2);
                grant.execute(GRANT);
                return schema;
            }
        }
    }
}
