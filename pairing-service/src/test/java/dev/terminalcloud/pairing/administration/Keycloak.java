package dev.terminalcloud.pairing.administration;

import static org.awaitility.Awaitility.await;

import dev.terminalcloud.embedded.Port;
import io.quarkus.test.common.QuarkusTestResourceLifecycleManager;
import io.vertx.core.json.JsonObject;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.net.URI;
import java.net.URLEncoder;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.time.Duration;
import java.util.Map;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** A real Keycloak as a process, with the realm of {@code keycloak/shops-realm.json}; and the service's configuration for it. */
public final class Keycloak implements QuarkusTestResourceLifecycleManager {
    /** Long, for a busy machine: it takes 25 s on an idle one. */
    private static final Duration START_TIMEOUT = Duration.ofMinutes(8);

    private static final Path UNPACKED = Path.of("target", "keycloak").toAbsolutePath();
    private static final String REALM = "/realms/shops";

    private final HttpClient client = HttpClient.newHttpClient();
    private int port;
    private Process process;

    /** Starts it and returns when it has the realm. */
    @Override
    public Map<String, String> start() {
        port = Port.free();
        try {
            Path home = home();
            importRealm(home);
            ProcessBuilder builder = new ProcessBuilder(
                            "sh",
                            home.resolve("bin/kc.sh").toString(),
                            "start-dev",
                            "--db=dev-mem",
                            "--http-host=127.0.0.1",
                            "--http-port=" + port,
                            "--import-realm")
                    .redirectErrorStream(true)
                    .redirectOutput(UNPACKED.resolve("keycloak.log").toFile());
            builder.environment().put("JAVA_HOME", System.getProperty("java.home"));
            builder.environment().put("JAVA_OPTS_KC_HEAP", "-Xmx384m");
            builder.environment().put("JAVA_OPTS_APPEND", "-XX:TieredStopAtLevel=1");
            process = builder.start();
        } catch (IOException e) {
            throw new UncheckedIOException("Failed to start Keycloak", e);
        }
        await().atMost(START_TIMEOUT).until(() -> !process.isAlive() || hasRealm());
        if (!process.isAlive()) {
            throw new IllegalStateException("Keycloak exited, see target/keycloak/keycloak.log");
        }
        return Map.of(
                "quarkus.oidc.tenant-enabled", "true",
                "quarkus.oidc.auth-server-url", uri(REALM).toString(),
                "quarkus.oidc.token.audience", "terminal-cloud",
                "quarkus.oidc.roles.role-claim-path", "realm_access/roles");
    }

    /** Logs a user in and returns the access token. */
    String logIn(String user, String clientId) {
        String form = Map.of(
                        "grant_type", "password",
                        "client_id", clientId,
                        "client_secret", "client secret for tests",
                        "username", user,
                        "password", "password for tests")
                .entrySet()
                .stream()
                .map(field -> field.getKey() + "=" + URLEncoder.encode(field.getValue(), StandardCharsets.UTF_8))
                .collect(Collectors.joining("&"));
        HttpRequest request = HttpRequest.newBuilder(uri(REALM + "/protocol/openid-connect/token"))
                .header("Content-Type", "application/x-www-form-urlencoded")
                .POST(BodyPublishers.ofString(form))
                .build();
        try {
            HttpResponse<String> answer = client.send(request, BodyHandlers.ofString());
            if (answer.statusCode() != 200) {
                throw new IllegalStateException("Keycloak answered " + answer.body());
            }
            return new JsonObject(answer.body()).getString("access_token");
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } catch (InterruptedException e) {
            throw new IllegalStateException(e);
        }
    }

    @Override
    public void inject(TestInjector injector) {
        injector.injectIntoFields(this, new TestInjector.MatchesType(Keycloak.class));
    }

    @Override
    public void stop() {
        if (process != null) {
            process.descendants().forEach(ProcessHandle::destroyForcibly);
            process.destroyForcibly().onExit().join();
        }
    }

    private boolean hasRealm() throws InterruptedException {
        try {
            HttpRequest request = HttpRequest.newBuilder(uri(REALM)).build();
            return client.send(request, BodyHandlers.discarding()).statusCode() == 200;
        } catch (IOException notYet) {
            return false;
        }
    }

    private URI uri(String path) {
        return URI.create("http://127.0.0.1:" + port + path);
    }

    private static Path home() throws IOException {
        try (Stream<Path> content = Files.list(UNPACKED)) {
            return content.filter(path -> Files.isDirectory(path.resolve("lib")))
                    .findFirst()
                    .orElseThrow(() -> new IllegalStateException("Keycloak is not unpacked in " + UNPACKED));
        }
    }

    private static void importRealm(Path home) throws IOException {
        Path folder = Files.createDirectories(home.resolve("data/import"));
        try (InputStream realm = Keycloak.class.getResourceAsStream("/keycloak/shops-realm.json")) {
            Files.copy(realm, folder.resolve("shops-realm.json"), StandardCopyOption.REPLACE_EXISTING);
        }
    }
}
