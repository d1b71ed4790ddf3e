package dev.terminalcloud.systemtests;

import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.PreparedStatement;
import java.sql.SQLException;

/** A schema of a service as a release two ahead leaves it behind; closing makes it the schema of this release again. */
record NewerSchema(String jdbcUrl, String schema) implements AutoCloseable {
    private static final String VERSION = "29991231.02";

    /** The last migration of the release between them. */
    static final String NEEDED = "29991231.01";

    /** @param jdbcUrl the URL for an administrator */
    static NewerSchema create(String jdbcUrl, String schema) throws SQLException {
        NewerSchema created = new NewerSchema(jdbcUrl, schema);
        created.update(
                """
                insert into %1$s.flyway_schema_history
                    (installed_rank, version, description, type, script, installed_by, execution_time, success)
                select max(installed_rank) + 1, '%2$s', 'removal needs %3$s', 'SQL', 'V%2$s__removal.sql', 'test', 0, true
                from %1$s.flyway_schema_history
                """
                        .formatted(schema, VERSION, NEEDED));
        return created;
    }

    @Override
    public void close() throws SQLException {
        update("delete from %s.flyway_schema_history where version = '%s'".formatted(schema, VERSION));
    }

    private void update(String sql) throws SQLException {
        try (Connection connection = DriverManager.getConnection(jdbcUrl);
                PreparedStatement statement = connection.prepareStatement(sql)) {
            statement.executeUpdate();
        }
    }
}
