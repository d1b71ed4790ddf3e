package dev.terminalcloud.local;

import static dev.terminalcloud.local.TestTimeouts.await;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.terminalcloud.embedded.Port;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.net.InetAddress;
import java.net.Socket;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class RunningServicesTest {
    @TempDir
    Path data;

    private final HttpClient client = HttpClient.newHttpClient();
    private final StringWriter terminal = new StringWriter();
    private final CompletableFuture<StackException> failure = new CompletableFuture<>();
    private RunningServices services;

    @BeforeEach
    void prepare() throws IOException {
        Files.createDirectories(data.resolve("logs"));
    }

    @AfterEach
    void end() {
        services.end();
        assertThat(processes()).isEmpty();
    }

    @Test
    void allAreReadyWhenTheyHaveStartedAndGoneWhenTheyHaveEnded() throws Exception {
        Service one = FakeService.thatLives(data, "one");
        Service two = FakeService.thatLives(data, "two");
        services(false).start(List.of(one, two));
        assertThat(status(one)).isEqualTo(200);
        assertThat(status(two)).isEqualTo(200);
        assertThat(terminal.toString()).contains("one ready").contains("two ready");
        assertThat(processes()).hasSize(2);
    }

    @Test
    void serviceThatDiesWhileItStartsIsNamedWithItsLogAndTheLogsEnd() {
        Service living = FakeService.thatLives(data, "living");
        Service dying = FakeService.thatDies(data, "dying");
        assertThatThrownBy(() -> services(false).start(List.of(living, dying)))
                .isInstanceOf(StackException.class)
                .hasMessageContaining("dying exited with code 3")
                .hasMessageContaining(data.resolve("logs").resolve("dying.log").toString())
                .hasMessageContaining("    I shall die");
    }

    @Test
    void serviceThatDiesLaterIsTheFailureThatIsAwaited() {
        services(false).start(List.of(FakeService.thatLives(data, "one")));
        processes().forEach(ProcessHandle::destroyForcibly);
        assertThat(failure.orTimeout(TestTimeouts.SECONDS, TimeUnit.SECONDS).join())
                .hasMessageContaining("one exited with code");
    }

    @Test
    void serviceThatDiesIsStartedAgainIfSoAsked() {
        Service service = FakeService.thatLives(data, "one");
        services(true).start(List.of(service));
        ProcessHandle first = processes().get(0);
        first.destroyForcibly();
        await().until(() -> !processes().isEmpty() && !processes().contains(first));
        await().ignoreExceptions().until(() -> status(service) == 200);
        await().until(() -> terminal.toString()
                        .lines()
                        .filter(line -> line.contains("one ready"))
                        .count()
                == 2);
    }

    @Test
    void debuggedServiceStartsWithoutADebuggerAndAcceptsOne() throws Exception {
        int port = Port.free();
        services(false).start(List.of(FakeService.thatLives(data, "one").withDebugPort(Optional.of(port))));
        assertThat(terminal.toString()).contains("one accepts a debugger on 127.0.0.1:" + port);
        byte[] handshake = "JDWP-Handshake".getBytes(StandardCharsets.US_ASCII);
        try (Socket debugger = new Socket(InetAddress.getLoopbackAddress(), port)) {
            debugger.getOutputStream().write(handshake);
            assertThat(debugger.getInputStream().readNBytes(handshake.length)).isEqualTo(handshake);
        }
    }

    @Test
    void ctrlCAtTheTerminalDoesNotReachThem() throws Exception {
        Service service = FakeService.thatLives(data, "one");
        services(false).start(List.of(service));
        new ProcessBuilder("kill", "-INT", Long.toString(processes().get(0).pid()))
                .start()
                .waitFor();
        new ProcessBuilder("kill", "-HUP", Long.toString(processes().get(0).pid()))
                .start()
                .waitFor();
        assertThat(status(service)).isEqualTo(200);
        assertThat(processes()).hasSize(1);
    }

    private RunningServices services(boolean restart) {
        List<String> arguments = new ArrayList<>(List.of("--data=" + data));
        if (restart) {
            arguments.add("--restart");
        }
        Options options = LocalCommand.parse(new Installation(data), arguments.toArray(String[]::new));
        services = new RunningServices(
                options, new Logs(data.resolve("logs")), client, new Progress(new PrintWriter(terminal)), failure);
        return services;
    }

    /** Returns the processes of this test: other tests have some at the same time. */
    private List<ProcessHandle> processes() {
        return ProcessHandle.current()
                .children()
                .filter(ProcessHandle::isAlive)
                .filter(process -> Stream.of(process.info().arguments().orElse(new String[0]))
                        .anyMatch(OrphanedProcesses.mark(data)::equals))
                .toList();
    }

    private int status(Service service) throws IOException, InterruptedException {
        URI ready = service.readiness();
        return client.send(HttpRequest.newBuilder(ready).build(), BodyHandlers.discarding())
                .statusCode();
    }
}
