package dev.terminalcloud.administration;

import io.quarkus.runtime.ShutdownEvent;
import io.quarkus.runtime.StartupEvent;
import io.quarkus.vertx.http.runtime.VertxHttpRecorder;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import io.vertx.core.http.HttpServer;
import io.vertx.core.http.HttpServerOptions;
import io.vertx.core.http.HttpServerRequest;
import jakarta.annotation.Priority;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.event.Observes;
import jakarta.interceptor.Interceptor;
import java.time.Duration;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;

/**
 * The port of the administration API: an HTTP server of its own that hands its requests to the handlers of the public one.
 * {@link AdministrationFilter} keeps the two apart.
 */
@ApplicationScoped
public class AdministrationServer {
    /** After the start of the service, like the public port. */
    private static final int AFTER_SERVICE_START = Interceptor.Priority.LIBRARY_AFTER;

    private static final Duration TIMEOUT = Duration.ofSeconds(30);

    /** Vert.x shares the port of servers that listen on port 0; a negative number stands for a free port that is not shared. */
    private static final int UNSHARED_FREE_PORT = -8;

    private final Vertx vertx;
    private final AdministrationConfiguration configuration;
    private HttpServer server;
    private volatile int port;

    AdministrationServer(Vertx vertx, AdministrationConfiguration configuration) {
        this.vertx = vertx;
        this.configuration = configuration;
    }

    /** Returns the port that it listens on; 0 before the start. */
    public int port() {
        return port;
    }

    void open(@Observes @Priority(AFTER_SERVICE_START) StartupEvent event) throws InterruptedException {
        HttpServerOptions options =
                new HttpServerOptions().setHandle100ContinueAutomatically(true).setHttp2ClearTextEnabled(false);
        server = vertx.createHttpServer(options).requestHandler(AdministrationServer::handle);
        int wanted = configuration.port() == 0 ? UNSHARED_FREE_PORT : configuration.port();
        await("administration.port %d".formatted(configuration.port()), server.listen(wanted, configuration.host()));
        port = server.actualPort();
    }

    void close(@Observes ShutdownEvent event) throws InterruptedException {
        if (server != null) {
            await("administration.port", server.close());
        }
    }

    /** The handler of Quarkus exists only when the application has been started. */
    private static void handle(HttpServerRequest request) {
        VertxHttpRecorder.getRootHandler().handle(request);
    }

    private static void await(String subject, Future<?> step) throws InterruptedException {
        try {
            step.toCompletionStage().toCompletableFuture().get(TIMEOUT.toMillis(), TimeUnit.MILLISECONDS);
        } catch (ExecutionException e) {
            throw new IllegalStateException(
                    "%s: %s".formatted(subject, e.getCause().getMessage()), e.getCause());
        } catch (TimeoutException e) {
            throw new IllegalStateException("%s: timed out".formatted(subject), e);
        }
    }
}
