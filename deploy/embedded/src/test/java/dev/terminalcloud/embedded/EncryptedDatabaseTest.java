package dev.terminalcloud.embedded;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.terminalcloud.embedded.tls.ServerTls;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.Optional;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.io.TempDir;

/** JDBC connections, as the schema migration opens them, to PostgreSQL with TLS. */
@Tag("slow")
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class EncryptedDatabaseTest {
    private static final Path PROGRAM = Path.of("target", "test-infrastructure", "program");

    private Path folder;
    private ServerTls tls;
    private EmbeddedDatabase database;

    @BeforeAll
    void start(@TempDir Path emptyFolder) {
        folder = emptyFolder;
        tls = ServerTls.create(folder.resolve("tls"));
        database = EmbeddedDatabase.start(folder.resolve("postgres"), PROGRAM, 0, Optional.of(tls));
        database.addService("pairing", "secret");
    }

    @AfterAll
    void end() {
        database.close();
    }

    @Test
    void verifiedConnectionHasForwardSecrecyAndAuthenticatedEncryption() throws SQLException {
        String cipher = query(database.jdbcUrl(tls), "select cipher from pg_stat_ssl where pid = pg_backend_pid()");

        assertThat(cipher).matches("TLS_.*|ECDHE-.*(GCM|CHACHA20).*");
    }

    @Test
    void serverOfAnotherAuthorityIsRefused() {
        ServerTls another = ServerTls.create(folder.resolve("another"));

        assertRefused(database.jdbcUrl(another), "PKIX path");
    }

    @Test
    void serverWithAnotherHostNameIsRefused() {
        assertRefused(database.jdbcUrl(tls).replace("127.0.0.1", "localhost"), "could not be verified");
    }

    @Test
    void serviceWithoutTlsIsRefused() {
        assertRefused(database.jdbcUrl() + "?sslmode=disable", "no encryption");
    }

    @Test
    void wrongPasswordIsRefused() {
        assertThatThrownBy(() -> DriverManager.getConnection(database.jdbcUrl(tls), "pairing", "wrong"))
                .isInstanceOf(SQLException.class)
                .hasMessageContaining("password authentication failed");
    }

    private static void assertRefused(String url, String reason) {
        assertThatThrownBy(() -> query(url, "select 1"))
                .isInstanceOf(SQLException.class)
                .hasStackTraceContaining(reason);
    }

    private static String query(String url, String sql) throws SQLException {
        try (Connection connection = DriverManager.getConnection(url, "pairing", "secret");
                Statement statement = connection.createStatement();
                ResultSet rows = statement.executeQuery(sql)) {
            rows.next();
            return rows.getString(1);
        }
    }
}
