package dev.terminalcloud.pairing.startup;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.terminalcloud.embedded.test.EncryptedServers;
import dev.terminalcloud.embedded.test.TestInfrastructure;
import dev.terminalcloud.embedded.tls.ServerTls;
import dev.terminalcloud.events.Topic;
import dev.terminalcloud.pairing.Http;
import dev.terminalcloud.pairing.TestFixtures;
import dev.terminalcloud.servicestart.DatabaseRole;
import dev.terminalcloud.servicestart.DatabaseSchema;
import dev.terminalcloud.startup.CheckResult;
import dev.terminalcloud.startup.CheckResult.Misconfigured;
import dev.terminalcloud.startup.CheckResult.Unavailable;
import dev.terminalcloud.startup.KafkaTopics;
import dev.terminalcloud.startup.UsedTopics;
import io.quarkus.test.junit.QuarkusTest;
import io.quarkus.test.junit.QuarkusTestProfile;
import io.quarkus.test.junit.TestProfile;
import io.smallrye.common.annotation.Identifier;
import io.vertx.core.Vertx;
import io.vertx.core.net.PemTrustOptions;
import io.vertx.mutiny.sqlclient.Pool;
import io.vertx.pgclient.PgBuilder;
import io.vertx.pgclient.PgConnectOptions;
import io.vertx.pgclient.PgConnection;
import io.vertx.pgclient.SslMode;
import jakarta.inject.Inject;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.UnaryOperator;
import org.assertj.core.api.InstanceOfAssertFactories;
import org.eclipse.microprofile.config.inject.ConfigProperty;
import org.flywaydb.core.Flyway;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The service with a Kafka and a PostgreSQL that accept encrypted connections only, configured as topics.md of shared-events says. */
@QuarkusTest
@TestProfile(EncryptedConnectionsTest.EncryptedProfile.class)
class EncryptedConnectionsTest {
    public static class EncryptedProfile implements QuarkusTestProfile {
        @Override
        public boolean disableGlobalTestResources() {
            return true;
        }

        @Override
        public List<TestResourceEntry> testResources() {
            return List.of(
                    new TestResourceEntry(EncryptedServers.class, Map.of(TestInfrastructure.SERVICE, "pairing")));
        }
    }

    @Inject
    Http http;

    @Inject
    Pool pool;

    @Inject
    Vertx vertx;

    @ConfigProperty(name = "quarkus.datasource.password")
    String password;

    @ConfigProperty(name = "quarkus.datasource.jdbc.url")
    String jdbcUrl;

    @Inject
    @Identifier("default-kafka-broker")
    Map<String, Object> kafka;

    @ConfigProperty(name = "quarkus.datasource.reactive.hostname-verification-algorithm")
    String hostnameVerification;

    @TempDir
    Path folder;

    private EncryptedServers servers;

    @Test
    void serviceIsReadyAndWritesToBoth() {
        HttpResponse<String> answer = http.send(
                "PUT",
                "/admin/devices/7000000001",
                BodyPublishers.ofString("{\"secret\":\"demo-device-secret\"}"),
                "Content-Type",
                "application/json",
                "Authorization",
                TestFixtures.OPERATOR);

        assertThat(answer.statusCode()).as(answer.body()).isEqualTo(200);
        assertThat(http.send("GET", "/q/health/ready", BodyPublishers.noBody()).statusCode())
                .isEqualTo(200);
    }

    @Test
    void reactivePoolIsEncrypted() {
        Boolean encrypted = pool.query("select ssl from pg_stat_ssl where pid = pg_backend_pid()")
                .executeAndAwait()
                .iterator()
                .next()
                .getBoolean(0);

        assertThat(encrypted).isTrue();
    }

    @Test
    void wrongPasswordOfKafkaIsNamed() throws InterruptedException {
        CheckResult result = checkKafka("sasl.jaas.config", jaas -> jaas.replace("password=\"", "password=\"no"));

        assertThat(result).isInstanceOfSatisfying(Misconfigured.class, wrong -> assertThat(wrong.reason())
                .startsWith("authentication failed: ")
                .contains("invalid credentials")
                .doesNotContain("\n"));
    }

    @Test
    void missingPasswordOfKafkaIsNamed() throws InterruptedException {
        CheckResult result = checkKafka("sasl.jaas.config", jaas -> null);

        assertThat(result).isInstanceOfSatisfying(Misconfigured.class, wrong -> assertThat(wrong.reason())
                .startsWith("kafka.sasl.jaas.config is not set: ")
                .doesNotContain("\n"));
    }

    @Test
    void kafkaOfAnotherAuthorityIsNamed() throws InterruptedException {
        ServerTls another = ServerTls.create(folder);

        CheckResult result = checkKafka(
                "ssl.truststore.location", authority -> another.authority().toString());

        assertThat(result).isInstanceOfSatisfying(Misconfigured.class, wrong -> assertThat(wrong.reason())
                .startsWith("TLS handshake failed: ")
                .contains("PKIX path")
                .doesNotContain("\n"));
    }

    /** PostgreSQL may still be getting its certificate: the service waits, and says so. */
    @Test
    void databaseOfAnotherAuthorityIsNamed() {
        ServerTls another = ServerTls.create(folder);
        String url = jdbcUrl.replace(
                servers.tls().authority().toString(), another.authority().toString());

        assertThat(checkDatabase(url, password))
                .isInstanceOfSatisfying(Unavailable.class, waiting -> assertThat(waiting.reason())
                        .contains("PKIX path")
                        .doesNotContain("\n"));
    }

    @Test
    void wrongPasswordOfTheDatabaseIsNamed() {
        assertThat(checkDatabase(jdbcUrl, "wrong"))
                .isInstanceOfSatisfying(Misconfigured.class, wrong -> assertThat(wrong.reason())
                        .contains("password authentication failed", "SQLSTATE 28P01")
                        .doesNotContain("\n"));
    }

    @Test
    void missingPasswordOfTheDatabaseIsNamed() {
        assertThat(checkDatabase(jdbcUrl, null))
                .isInstanceOf(Unavailable.class)
                .extracting(Object::toString, InstanceOfAssertFactories.STRING)
                .contains("no password was provided")
                .doesNotContain("\n");
    }

    @Test
    void wrongPasswordOfTheRoleOfTheServiceIsNamed() {
        PgConnectOptions wrong = options("127.0.0.1", servers.tls()).setPassword("wrong");

        assertThat(checkRole(wrong)).isInstanceOfSatisfying(Misconfigured.class, found -> assertThat(found.reason())
                .contains("password authentication failed for user \"pairing\"", "28P01")
                .doesNotContain("\n"));
    }

    /** PostgreSQL may still be getting its certificate, as for the migration. */
    @Test
    void databaseOfAnotherAuthorityIsNamedForThePoolToo() {
        PgConnectOptions another = options("127.0.0.1", ServerTls.create(folder));

        assertThat(checkRole(another)).isEqualTo(new Unavailable("no connection: SSL handshake failed"));
    }

    private CheckResult checkRole(PgConnectOptions options) {
        Pool wrong = Pool.newInstance(
                PgBuilder.pool().connectingTo(options).using(vertx).build());
        try {
            return new DatabaseRole(
                            flyway(jdbcUrl, password).getConfiguration().getDataSource(), wrong, "db", "pairing")
                    .check();
        } finally {
            wrong.closeAndAwait();
        }
    }

    private CheckResult checkKafka(String key, UnaryOperator<String> change) throws InterruptedException {
        Map<String, Object> changed = new HashMap<>(kafka);
        String value = change.apply(changed.remove(key).toString());
        if (value != null) {
            changed.put(key, value);
        }
        return new KafkaTopics(changed, new UsedTopics(Set.of(Topic.DEVICE_EVENTS), Set.of())).check();
    }

    private static CheckResult checkDatabase(String url, String used) {
        return new DatabaseSchema(flyway(url, used), url, "pairing_owner").check();
    }

    private static Flyway flyway(String url, String used) {
        return Flyway.configure()
                .dataSource(url, "pairing_owner", used)
                .locations("db/shared", "db/pairing")
                .load();
    }

    @Test
    void reactiveConnectionAcceptsTheServer() throws Exception {
        connect("127.0.0.1", servers.tls());
    }

    @Test
    void reactiveConnectionRefusesTheServerOfAnotherAuthority() {
        ServerTls another = ServerTls.create(folder);

        assertThatThrownBy(() -> connect("127.0.0.1", another)).hasStackTraceContaining("SSL handshake failed");
    }

    @Test
    void reactiveConnectionRefusesAServerWithAnotherHostName() {
        assertThatThrownBy(() -> connect("localhost", servers.tls())).hasStackTraceContaining("SSL handshake failed");
    }

    private void connect(String host, ServerTls trusted) throws Exception {
        PgConnection.connect(vertx, options(host, trusted))
                .compose(PgConnection::close)
                .toCompletionStage()
                .toCompletableFuture()
                .get();
    }

    /** Returns the options that Quarkus has from the configuration of the service. */
    private PgConnectOptions options(String host, ServerTls trusted) {
        PgConnectOptions options = new PgConnectOptions()
                .setHost(host)
                .setPort(servers.databasePort())
                .setDatabase("postgres")
                .setUser("pairing")
                .setPassword(password)
                .setSslMode(SslMode.VERIFY_FULL);
        options.setHostnameVerificationAlgorithm(hostnameVerification);
        options.setTrustOptions(
                new PemTrustOptions().addCertPath(trusted.authority().toString()));
        return options;
    }
}
