package dev.terminalcloud.pairing.startup;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.terminalcloud.embedded.test.EncryptedServers;
import dev.terminalcloud.embedded.test.TestInfrastructure;
import dev.terminalcloud.embedded.tls.ServerTls;
import dev.terminalcloud.pairing.Http;
import dev.terminalcloud.pairing.TestFixtures;
import io.quarkus.test.junit.QuarkusTest;
import io.quarkus.test.junit.QuarkusTestProfile;
import io.quarkus.test.junit.TestProfile;
import io.vertx.core.Vertx;
import io.vertx.core.net.PemTrustOptions;
import io.vertx.mutiny.sqlclient.Pool;
import io.vertx.pgclient.PgConnectOptions;
import io.vertx.pgclient.PgConnection;
import io.vertx.pgclient.SslMode;
import jakarta.inject.Inject;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.eclipse.microprofile.config.inject.ConfigProperty;
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

    /** Connects as Quarkus does with the configuration of the service. */
    private void connect(String host, ServerTls trusted) throws Exception {
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
        PgConnection.connect(vertx, options)
                .compose(PgConnection::close)
                .toCompletionStage()
                .toCompletableFuture()
                .get();
    }
}
