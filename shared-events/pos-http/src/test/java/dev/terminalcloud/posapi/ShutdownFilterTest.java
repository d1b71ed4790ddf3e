package dev.terminalcloud.posapi;

import static org.assertj.core.api.Assertions.assertThat;

import io.quarkus.runtime.ShutdownDelayInitiatedEvent;
import io.quarkus.vertx.http.runtime.filters.Filters;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import io.vertx.core.http.HttpServer;
import io.vertx.ext.web.Router;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class ShutdownFilterTest {
    private final Vertx vertx = Vertx.vertx();
    private final HttpClient client = HttpClient.newHttpClient();

    @AfterEach
    void stop() {
        get(vertx.close());
    }

    @ParameterizedTest
    @ValueSource(strings = {"GET", "POST", "PUT", "DELETE"})
    void allRequestsAreAcceptedBeforeShutdown(String method) throws Exception {
        ShutdownFilter drain = new ShutdownFilter(vertx, Optional.empty());
        assertThat(ask(service(drain), method).body()).isEqualTo("taken");
    }

    @ParameterizedTest
    @ValueSource(strings = {"POST", "PUT", "DELETE"})
    void unsafeMethodIsRejectedAfterTheDelay(String method) throws Exception {
        ShutdownFilter drain = new ShutdownFilter(vertx, Optional.empty());
        HttpServer service = service(drain);
        drain.begin(new ShutdownDelayInitiatedEvent());

        HttpResponse<String> answer = ask(service, method);

        assertThat(answer.statusCode()).isEqualTo(503);
        assertThat(answer.body()).isEqualTo("{\"error\":\"The service is shutting down. Nothing was started\"}");
        assertThat(answer.headers().firstValue("Content-Type")).hasValue("application/json");
        assertThat(answer.headers().firstValue("Retry-After")).hasValue("1");
    }

    @ParameterizedTest
    @ValueSource(strings = {"GET", "OPTIONS"})
    void safeMethodIsAnsweredUntilTheEnd(String method) throws Exception {
        ShutdownFilter drain = new ShutdownFilter(vertx, Optional.of(Duration.ZERO));
        HttpServer service = service(drain);
        drain.begin(new ShutdownDelayInitiatedEvent());
        assertThat(ask(service, method).body()).isEqualTo("taken");
    }

    @ParameterizedTest
    @ValueSource(strings = {"GET", "POST"})
    void allRequestsAreAcceptedDuringTheDelay(String method) throws Exception {
        ShutdownFilter drain = new ShutdownFilter(vertx, Optional.of(Duration.ofHours(1)));
        HttpServer service = service(drain);
        drain.begin(new ShutdownDelayInitiatedEvent());
        assertThat(ask(service, method).body()).isEqualTo("taken");
    }

    private HttpServer service(ShutdownFilter drain) {
        Filters filters = new Filters();
        drain.register(filters);
        Router router = Router.router(vertx);
        filters.getFilters().forEach(filter -> router.route().handler(filter.getHandler()));
        router.route().handler(routing -> routing.response().end("taken"));
        return get(vertx.createHttpServer().requestHandler(router).listen(0, "127.0.0.1"));
    }

    private HttpResponse<String> ask(HttpServer service, String method) throws IOException, InterruptedException {
        URI uri = URI.create("http://127.0.0.1:%d/POS/Transaction".formatted(service.actualPort()));
        return client.send(
                HttpRequest.newBuilder(uri)
                        .method(method, BodyPublishers.noBody())
                        .build(),
                BodyHandlers.ofString());
    }

    private static <T> T get(Future<T> future) {
        return future.toCompletionStage()
                .toCompletableFuture()
                .orTimeout(10, TimeUnit.SECONDS)
                .join();
    }
}
