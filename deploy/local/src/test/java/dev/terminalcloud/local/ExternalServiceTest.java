package dev.terminalcloud.local;

import static dev.terminalcloud.local.TestTimeouts.await;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.lang.ProcessBuilder.Redirect;
import java.net.http.HttpClient;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ExternalServiceTest {
    @TempDir
    Path data;

    private final HttpClient client = HttpClient.newHttpClient();
    private final StringWriter terminal = new StringWriter();
    private final CompletableFuture<StackException> failure = new CompletableFuture<>();
    private Optional<ServiceProcess> developers = Optional.empty();

    @AfterEach
    void stop() {
        developers.ifPresent(ServiceProcess::stop);
    }

    @Test
    void serviceIsAwaitedAndMayComeAndGo() throws IOException {
        Service service = FakeService.thatLives(data, "one");
        try (ExternalService external = announce(service)) {
            CompletableFuture<Void> ready = CompletableFuture.runAsync(() -> external.awaitReady(failure));
            assertThat(ready).isNotDone();
            start(service);
            ready.orTimeout(TestTimeouts.SECONDS, TimeUnit.SECONDS).join();
            assertThat(terminal.toString()).contains("one ready on " + service.uri() + ", outside the stack");

            developers.orElseThrow().stop();
            await().until(() -> terminal.toString().contains("one: its port is not open"));
            start(service);
            await().until(() -> terminal.toString().contains("one: ready"));
        }
    }

    @Test
    void exportsGiveAShellTheEnvironmentUnchanged() throws Exception {
        Map<String, String> environment =
                Map.of("PLAIN", "1", "JAAS", "Module required password=\"a b\";", "QUOTED", "it's $HOME `x` \\ done");
        Service service = Service.ofJar("one", Path.of("none"), ServicePorts.same(1), environment);
        ExternalService external = announce(service);
        assertThat(terminal.toString()).contains(exports().toString());
        String script = ". \"$0\" && printf '%s\\n' \"$PLAIN\" \"$JAAS\" \"$QUOTED\"";
        Process shell = new ProcessBuilder("/bin/sh", "-c", script, exports().toString()).start();
        assertThat(new String(shell.getInputStream().readAllBytes(), StandardCharsets.UTF_8).lines())
                .containsExactly(environment.get("PLAIN"), environment.get("JAAS"), environment.get("QUOTED"));
        external.close();
    }

    @Test
    void exportsAreReadableByTheirOwnerOnlyAndDeletedWithTheStack() throws IOException {
        Service service = FakeService.thatLives(data, "one");
        ExternalService external = announce(service);
        assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(exports())))
                .isEqualTo("rw-------");
        external.close();
        assertThat(exports()).doesNotExist();
    }

    @Test
    void failureOfTheStackEndsTheWait() {
        failure.complete(new StackException("kafka exited"));
        try (ExternalService external = announce(FakeService.thatLives(data, "one"))) {
            assertThatThrownBy(() -> external.awaitReady(failure)).hasMessage("kafka exited");
        }
    }

    @Test
    void stopOfTheStackEndsTheWait() {
        ExternalService external = announce(FakeService.thatLives(data, "one"));
        external.close();
        assertThatThrownBy(() -> external.awaitReady(failure)).hasMessage("Stopped while waiting for one");
    }

    private ExternalService announce(Service service) {
        return ExternalService.announce(
                service, data.resolve("environments"), client, new Progress(new PrintWriter(terminal)));
    }

    private Path exports() {
        return data.resolve("environments").resolve("one.sh");
    }

    private void start(Service service) throws IOException {
        Logs logs = new Logs(Files.createDirectories(data.resolve("logs")));
        developers = Optional.of(ServiceProcess.start(
                service,
                List.of(),
                data,
                logs,
                Redirect.to(logs.of(service.name()).toFile())));
    }
}
