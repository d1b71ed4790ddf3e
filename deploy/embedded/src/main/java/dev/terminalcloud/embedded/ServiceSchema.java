package dev.terminalcloud.embedded;

import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.List;
import java.util.regex.Pattern;

/**
 * A service's part of the database: a role to work with, and a schema of the same name, which is its default schema. Another role, with
 * the name and {@value #OWNER_SUFFIX}, owns the schema: the service migrates with it, and grants the first one what it needs.
 */
public final class ServiceSchema {
    private static final Pattern NAME = Pattern.compile("[a-z][a-z0-9_]{0,50}");
    private static final String OWNER_SUFFIX = "_owner";

    private ServiceSchema() {}

    /**
     * Creates the roles and the schema, or changes the password of the roles if they exist. What the first role owned before there was
     * another gets the new owner.
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
            String owner = owner(name);
            for (String role : List.of(name, owner)) {
                String verb = exists(connection, role) ? "alter" : "create";
                statement.execute(
                        "%s role %s login password %s".formatted(verb, role, statement.enquoteLiteral(password)));
            }
            statement.execute("create schema if not exists %s authorization %s".formatted(name, owner));
            statement.execute("grant usage on schema %s to %s".formatted(name, name));
            statement.execute("reassign owned by %s to %s".formatted(name, owner));
            statement.execute("alter role %s set search_path = %s".formatted(owner, name));
        } catch (SQLException e) {
            throw new IllegalStateException("Failed to create the database role and schema '%s'".formatted(name), e);
        }
    }

    /** Returns the role that owns the schema of a service. */
    public static String owner(String name) {
        return name + OWNER_SUFFIX;
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
