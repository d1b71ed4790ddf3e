package dev.terminalcloud.servicestart;

import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import javax.sql.DataSource;

/**
 * The rights of the role with which a service works, given by the role that owns its tables: to read and write them, to read its views, to add
 * to the audit trail, and nothing else. It can't change or remove an entry of the audit trail, nor any table, function or trigger. Tables of
 * other owners stay as they are.
 */
final class RoleGrants {
    private static final String ROLE = "terminalcloud.role";

    /** One statement, and so one transaction. Without the lock, grants of two replicas at once would fail. A simple view could be written. */
    private static final String GRANT =
            """
            do $$
            declare
                role name := current_setting('%s');
                tables name := current_schema();
                relation record;
            begin
                if role = current_user then
                    return;
                end if;
                perform pg_advisory_xact_lock(hashtext('terminalcloud.grants'));
                execute format('grant usage on schema %%I to %%I', tables, role);
                for relation in
                    select c.relname, c.relkind from pg_class c join pg_namespace n on n.oid = c.relnamespace
                    where n.nspname = tables and c.relkind in ('r', 'p', 'v') and pg_has_role(c.relowner, 'usage')
                loop
                    execute format('grant %%s on %%I.%%I to %%I',
                        case relation.relkind when 'v' then 'select' else 'select, insert, update, delete' end,
                        tables, relation.relname, role);
                end loop;
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
