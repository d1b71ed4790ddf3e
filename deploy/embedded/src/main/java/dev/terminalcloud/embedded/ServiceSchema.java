package dev.terminalcloud.embedded;

import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.regex.Pattern;

/** A service's part of the database: a role to log on with, and a schema of the same name, which is its default schema. */
public final class ServiceSchema {
    private static final Pattern NAME = Pattern.compile("[a-z][a-z0-9_]{0,62}");

    private ServiceSchema() {}

    /**
     * Creates the role and the schema, or changes the password of the role if they exist.
     *
     * @param jdbcUrl the URL of the database for the administrator
     * @throws IllegalArgumentException if the name is not lower-case letters, digits and underscores
     * @throws IllegalStateException if the database rejects the statements
     */
    public static void create(
            String jdbcUrl, String administrator, String administratorPassword, String name, String password) {
        if (!NAME.matcher(name).matches()) {
            throw new IllegalArgumentException("Service name must match %s, was '%s'".formatted(NAME, name));
        }
        try (Connection connection = DriverManager.getConnection(jdbcUrl, administrator, administratorPassword);
                Statement statement = connection.createStatement()) {
            String verb = exists(connection, name) ? "alter" : "create";
            statement.execute("%s role %s login password %s".formatted(verb, name, statement.enquoteLiteral(password)));
            statement.execute("create schema if not exists %s authorization %s".formatted(name, name));
        } catch (SQLException e) {
            throw new IllegalStateException("Failed to create the database role and schema '%s'".formatted(name), e);
        }
    }

    private static boolean exists(Connection connection, String role) throws SQLException {
        try (PreparedStatement query = connection.prepareStatement("select from pg_roles where rolname = ?")) {
            query.setString(1, role);
            try (ResultSet row = query.executeQuery()) {
                return row.next();
            }
        }
    }
}
