package dev.terminalcloud.local.rollout;

import static dev.terminalcloud.local.TestTimeouts.await;
import static org.assertj.core.api.Assertions.assertThat;

import dev.terminalcloud.local.TestTimeouts;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class RolloutsTest {
    private static final String SERVICE = "shop";

    @TempDir
    Path manifests;

    private final List<String> events = new CopyOnWriteArrayList<>();
    private final List<String> log = new CopyOnWriteArrayList<>();
    private final HttpClient client = HttpClient.newHttpClient();
    private final FakeContainer first = new FakeContainer("first", events);
    private final FakeContainer second = new FakeContainer("second", events);
    private Rollouts rollouts;
    private RolloutServer server;

    @BeforeEach
    void prepare() {
        rollouts = new Rollouts(manifests, client, log::add);
        server = RolloutServer.open(0, rollouts);
    }

    @AfterEach
    void stop() {
        server.close();
        rollouts.close();
        Stream.of(first, second).forEach(FakeContainer::close);
    }

    @Test
    void surgeTerminatesAProcessOnlyWhenItsReplacementIsReady() throws Exception {
        second.notReady();
        start("Deployment", 1);
        CompletableFuture<HttpResponse<Void>> rollout = post(SERVICE);
        await().untilAsserted(() -> assertThat(events).containsExactly("start first", "start second"));
        assertThat(rollouts.endpoints(SERVICE).get()).containsExactly(first.address());

        second.becomeReady();
        assertThat(rollout).succeedsWithin(TestTimeouts.TIMEOUT).returns(200, HttpResponse::statusCode);
        assertThat(events).containsExactly("start first", "start second", "SIGTERM first", "exit first");
        await().untilAsserted(
                        () -> assertThat(rollouts.endpoints(SERVICE).get()).containsExactly(second.address()));
    }

    @Test
    void placeOfATerminatedProcessIsUsedForTheNextReplacement() throws Exception {
        start("Deployment", 1);
        assertThat(post(SERVICE)).succeedsWithin(TestTimeouts.TIMEOUT);
        assertThat(post(SERVICE)).succeedsWithin(TestTimeouts.TIMEOUT).returns(200, HttpResponse::statusCode);
        assertThat(events).endsWith("start first", "SIGTERM second", "exit second");
    }

    @Test
    void statefulSetReplacesTheLastIndexFirstInItsPlace() throws Exception {
        start("StatefulSet", 2);
        assertThat(post(SERVICE)).succeedsWithin(TestTimeouts.TIMEOUT).returns(200, HttpResponse::statusCode);
        assertThat(events.subList(2, events.size()))
                .containsExactly(
                        "SIGTERM second", "exit second", "start second", "SIGTERM first", "exit first", "start first");
    }

    @Test
    void processThatIgnoresSigtermIsKilledAfterItsGracePeriod() throws Exception {
        first.ignoringSigterm();
        start("Deployment", 1);
        assertThat(post(SERVICE)).succeedsWithin(TestTimeouts.TIMEOUT);
        assertThat(events).endsWith("SIGTERM first", "SIGKILL first", "exit first");
        assertThat(log).contains("first killed: still running after its grace period of 1 s");
    }

    @Test
    void processThatExitsIsRestarted() throws Exception {
        start("Deployment", 1);
        first.crash();
        await().untilAsserted(() -> assertThat(events).containsExactly("start first", "exit first", "start first"));
        assertThat(log).contains("first exited, restarting");
    }

    @Test
    void processThatNeverStartsIsGivenUpWithAClearLine() throws Exception {
        start("Deployment", 1);
        second.crashingAtStart();
        assertThat(post(SERVICE)).succeedsWithin(TestTimeouts.TIMEOUT).returns(500, HttpResponse::statusCode);
        assertThat(log).contains("second failed to start 5 times in a row, read its log");
        assertThat(events).filteredOn("start second"::equals).hasSize(5);
        assertThat(events).doesNotContain("SIGTERM first");
    }

    @Test
    void requestsThatReplaceNothingAreRejected() throws Exception {
        second.notReady();
        start("Deployment", 1);
        assertThat(post("bank")).succeedsWithin(TestTimeouts.TIMEOUT).returns(404, HttpResponse::statusCode);
        HttpRequest get = HttpRequest.newBuilder(uri(SERVICE)).build();
        assertThat(client.send(get, BodyHandlers.discarding()).statusCode()).isEqualTo(405);

        CompletableFuture<HttpResponse<Void>> underWay = post(SERVICE);
        await().until(second::isRunning);
        assertThat(post(SERVICE)).succeedsWithin(TestTimeouts.TIMEOUT).returns(409, HttpResponse::statusCode);
        second.becomeReady();
        assertThat(underWay).succeedsWithin(TestTimeouts.TIMEOUT).returns(200, HttpResponse::statusCode);
    }

    private void start(String kind, int replicas) throws IOException, InterruptedException {
        Files.writeString(
                manifests.resolve(SERVICE + ".yaml"),
                """
                kind: %s
                spec:
                  %s
                  template:
                    spec:
                      terminationGracePeriodSeconds: 1
                      containers:
                        - startupProbe:
                            httpGet: { path: /q/health/live, port: management }
                            periodSeconds: 1
                          livenessProbe:
                            httpGet: { path: /q/health/live, port: management }
                          readinessProbe:
                            httpGet: { path: /q/health/ready, port: management }
                            periodSeconds: 1
                """
                        .formatted(
                                kind,
                                kind.equals("Deployment")
                                        ? "strategy: { rollingUpdate: { maxSurge: 1, maxUnavailable: 0 } }"
                                        : "replicas: 2"));
        rollouts.add(SERVICE, List.of(first, second));
        rollouts.start(SERVICE, replicas);
        rollouts.awaitAvailable();
        await().until(() -> rollouts.endpoints(SERVICE).get().size() == replicas);
    }

    private CompletableFuture<HttpResponse<Void>> post(String service) {
        return client.sendAsync(
                HttpRequest.newBuilder(uri(service))
                        .POST(BodyPublishers.noBody())
                        .build(),
                BodyHandlers.discarding());
    }

    private URI uri(String service) {
        return URI.create("http://127.0.0.1:%d/rollouts/%s".formatted(server.port(), service));
    }
}
