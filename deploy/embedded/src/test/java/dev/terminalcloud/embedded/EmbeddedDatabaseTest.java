package dev.terminalcloud.embedded;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

@Tag("slow")
class EmbeddedDatabaseTest {
    /** Unpacked once for all tests. */
    private static final Path PROGRAM = Path.of("target", "test-infrastructure", "program");

    @TempDir
    Path data;

    @Test
    void commitsAreDurable() throws Exception {
        try (EmbeddedDatabase database = start()) {
            assertThat(query(database, EmbeddedDatabase.ADMINISTRATOR, "show fsync"))
                    .isEqualTo("on");
            assertThat(query(database, EmbeddedDatabase.ADMINISTRATOR, "show synchronous_commit"))
                    .isEqualTo("on");
            assertThat(query(database, EmbeddedDatabase.ADMINISTRATOR, "show listen_addresses"))
                    .isEqualTo("127.0.0.1");
        }
    }

    @Test
    void eachServiceWorksInASchemaOfItsOwnAndNotInAnothers() throws Exception {
        try (EmbeddedDatabase database = start()) {
            database.addService("pairing", "one");
            database.addService("transaction", "two");
            update(database, "pairing_owner", "create table thing (name text)");
            update(database, "transaction_owner", "create table thing (name text)");
            assertThat(query(database, "pairing", "select current_schema")).isEqualTo("pairing");
            assertThatThrownBy(() -> query(database, "pairing", "select count(*) from transaction.thing"))
                    .isInstanceOf(SQLException.class)
                    .hasMessageContaining("permission denied");
        }
    }

    @Test
    void serviceCanBeAddedAgainWithAnyPassword() throws Exception {
        try (EmbeddedDatabase database = start()) {
            database.addService("pairing", "one");
            database.addService("pairing", "it's another");
            assertThat(query(database, "pairing", "select 1")).isEqualTo("1");
        }
    }

    @Test
    void servicesNameIsCheckedBeforeItReachesTheDatabase() {
        assertThatThrownBy(() -> ServiceSchema.create("jdbc:postgresql://127.0.0.1:1/x", "", "", "x; drop", ""))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("'x; drop'");
    }

    @Test
    void restartOnExistingDataKeepsRows() throws Exception {
        try (EmbeddedDatabase database = start()) {
            database.addService("pairing", "one");
            update(database, "pairing_owner", "create table kept as select 'row' as name");
        }
        try (EmbeddedDatabase database = start()) {
            database.addService("pairing", "one");
            assertThat(query(database, "pairing_owner", "select name from kept"))
                    .isEqualTo("row");
        }
    }

    @Test
    void serverLeftRunningByAKilledProcessIsTakenOver() throws Exception {
        ChildProcess child = ChildProcess.start(DatabaseOwner.class, data.toString(), PROGRAM.toString());
        Postmaster leftOver = Postmaster.runningOn(data.resolve("cluster")).orElseThrow();
        child.kill();
        assertThat(leftOver.process().isAlive()).isTrue();
        try (EmbeddedDatabase database = start()) {
            assertThat(leftOver.process().isAlive()).isFalse();
            assertThat(query(database, "pairing_owner", "select name from kept"))
                    .isEqualTo("row");
        }
    }

    @Test
    void secondProcessOnTheSameDataIsRefusedWhileTheFirstLives() throws Exception {
        ChildProcess child = ChildProcess.start(DatabaseOwner.class, data.toString(), PROGRAM.toString());
        assertThatThrownBy(this::start)
                .isInstanceOf(IllegalStateException.class)
                .hasMessageContaining("Another process uses the database in " + data);
        child.kill();
        EmbeddedDatabase.stopOrphaned(data);
        assertThat(Postmaster.runningOn(data.resolve("cluster"))).isEmpty();
    }

    @Test
    void interruptedClusterInitialisationIsRepeated() throws Exception {
        Files.createDirectories(data.resolve("cluster"));
        Files.writeString(data.resolve("cluster").resolve("postgresql.conf"), "");
        try (EmbeddedDatabase database = start()) {
            assertThat(query(database, EmbeddedDatabase.ADMINISTRATOR, "select 1"))
                    .isEqualTo("1");
        }
    }

    @Test
    void reusedPidInThePidFileIsLeftAlone() throws Exception {
        start().close();
        Files.writeString(
                data.resolve("cluster").resolve("postmaster.pid"),
                ProcessHandle.current().pid() + "\n");
        try (EmbeddedDatabase database = start()) {
            assertThat(query(database, EmbeddedDatabase.ADMINISTRATOR, "select 1"))
                    .isEqualTo("1");
        }
    }

    @Test
    void portInUseIsNamedTogetherWithWhatToDoAndLeavesTheDataFree() throws Exception {
        try (ServerSocket other = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            assertThatThrownBy(() -> EmbeddedDatabase.start(data, PROGRAM, other.getLocalPort()))
                    .isInstanceOf(PortInUseException.class)
                    .hasMessageContaining("PostgreSQL can't listen on port " + other.getLocalPort())
                    .hasMessageContaining("choose another port");
        }
        start().close();
    }

    private EmbeddedDatabase start() {
        return EmbeddedDatabase.start(data, PROGRAM, 0);
    }

    private static void update(EmbeddedDatabase database, String user, String statement) throws SQLException {
        try (Connection connection = DriverManager.getConnection(database.jdbcUrl(), user, "");
                Statement sql = connection.createStatement()) {
            sql.executeUpdate(statement);
        }
    }

    private static String query(EmbeddedDatabase database, String user, String statement) throws SQLException {
        try (Connection connection = DriverManager.getConnection(database.jdbcUrl(), user, "");
                Statement sql = connection.createStatement();
                ResultSet row = sql.executeQuery(statement)) {
            row.next();
            return row.getString(1);
        }
    }

    /** A separate process with a database that contains one row. */
    static final class DatabaseOwner {
        private DatabaseOwner() {}

        public static void main(String[] arguments) throws SQLException {
            EmbeddedDatabase database = EmbeddedDatabase.start(Path.of(arguments[0]), Path.of(arguments[1]), 0);
            database.addService("pairing", "one");
            update(database, "pairing_owner", "create table kept as select 'row' as name");
            ChildProcess.answerAndStay(database.jdbcUrl());
        }
    }
}
