package dev.terminalcloud.certification.pos.gateway;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import dev.terminalcloud.certification.pos.gateway.GatewayEvent.CallbackSent;
import dev.terminalcloud.certification.pos.gateway.GatewayEvent.RequestReceived;
import dev.terminalcloud.certification.trace.EventLog;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import io.vertx.core.VertxOptions;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpServer;
import io.vertx.core.http.HttpServerOptions;
import io.vertx.core.http.HttpServerRequest;
import java.time.Clock;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.TimeUnit;
import java.util.function.Supplier;

/**
 * The simulated gateway for one register and its device: the POS API over HTTP. By itself it does what the cloud always does: it
 * checks, stores and shows; what the device does, and what goes wrong, scenarios say. It records all events in its log.
 *
 * <p>Thread-safe, except for its own event loop, of which it has one.
 */
public final class SimulatedGateway implements AutoCloseable {
    private static final int CLOSE_SECONDS = 10;
    private static final int MAX_LINE_BYTES = 300_000;
    private static final int MAX_HEADER_BYTES = 16 * 1024;

    private final Vertx vertx = Vertx.vertx(new VertxOptions().setEventLoopPoolSize(1));
    private final Clock clock = Clock.systemUTC();
    private final EventLog<GatewayEvent> log = new EventLog<>();
    private final RequestReader reader = new RequestReader();
    private final HttpServer server;
    private final String publicUrl;

    // The following fields are accessed on the event loop only.
    private final GatewayState state = new GatewayState();
    private final SimulatedPairing pairing = new SimulatedPairing();
    private final StartHandler starts = new StartHandler(vertx, state, pairing, log, clock);
    private final PollHandler polls = new PollHandler(vertx, state, pairing);
    private final CallbackSender callbacks = new CallbackSender(vertx, log, clock);
    private int requests;

    private SimulatedGateway(String host, int port, Optional<String> publicUrl) {
        server = vertx.createHttpServer(new HttpServerOptions()
                        .setHost(host)
                        .setPort(port)
                        .setMaxInitialLineLength(MAX_LINE_BYTES)
                        .setMaxHeaderSize(MAX_HEADER_BYTES)
                        .setHandle100ContinueAutomatically(true))
                .requestHandler(this::receive)
                .exceptionHandler(failure -> {});
        try {
            server.listen().toCompletionStage().toCompletableFuture().join();
        } catch (CompletionException e) {
            close();
            throw new IllegalStateException(
                    "Failed to listen on %s, port %d: %s"
                            .formatted(host, port, e.getCause().getMessage()),
                    e);
        }
        this.publicUrl = publicUrl.orElse("http://localhost:" + server.actualPort());
        run(() -> {
            starts.publishAt(this.publicUrl);
            polls.publishAt(this.publicUrl);
        });
    }

    /**
     * Listens. Port 0 stands for a free port.
     *
     * @param publicUrl the URL by which the POS reaches it; that of this machine if empty
     * @throws IllegalStateException if the port is not available
     */
    public static SimulatedGateway open(String host, int port, Optional<String> publicUrl) {
        return new SimulatedGateway(host, port, publicUrl);
    }

    public EventLog<GatewayEvent> log() {
        return log;
    }

    /** Returns the URL to configure the POS with. */
    public String publicUrl() {
        return publicUrl;
    }

    /** Shows a new pairing code on the device. */
    public void showCode(String code) {
        run(() -> pairing.showCode(code));
    }

    /** Ends the pairing, as the device does. */
    public void endPairing() {
        run(pairing::end);
    }

    public boolean isPaired() {
        return onEventLoop(pairing::isPaired);
    }

    /** Orders the reactions to the next starts of payments. */
    public void reactToStarts(StartReaction... reactions) {
        run(() -> state.startReactions().addAll(List.of(reactions)));
    }

    /** Orders the reactions to the next polls, streams included. */
    public void reactToPolls(PollReaction... reactions) {
        run(() -> state.pollReactions().addAll(List.of(reactions)));
    }

    /** Forgets all ordered reactions, and answers what is held. */
    public void resume() {
        run(() -> {
            state.startReactions().clear();
            state.pollReactions().clear();
            starts.answerHeld();
        });
    }

    /** Responds to the start that is held. */
    public void answerHeld() {
        run(starts::answerHeld);
    }

    /** Changes a transaction that has not ended, and returns its version. */
    public long change(String id, TransactionState next) {
        return onEventLoop(() -> {
            SimulatedTransaction transaction = state.find(id).orElseThrow();
            state.change(transaction, next);
            return transaction.version();
        });
    }

    /** Returns the ids of the transactions that have not ended. */
    public List<String> unfinished() {
        return onEventLoop(
                () -> state.unfinished().stream().map(SimulatedTransaction::id).toList());
    }

    /** Lets the polling token expire. Streams end with their token. */
    public void expireToken(String id) {
        run(() -> {
            state.find(id).orElseThrow().expireToken();
            polls.cutStreams();
        });
    }

    /** Closes the connections of event streams. */
    public void cutStreams() {
        run(polls::cutStreams);
    }

    /** Writes comments on event streams. */
    public void writeComments() {
        run(polls::writeComments);
    }

    /** Sends a callback, and returns how the POS has answered it. */
    public CallbackSent send(String id, Callback callback) {
        return onEventLoop(() -> callbacks.send(state.find(id).orElseThrow(), callback))
                .toCompletionStage()
                .toCompletableFuture()
                .join();
    }

    private void receive(HttpServerRequest http) {
        http.body().onSuccess(body -> receive(http, body));
    }

    private void receive(HttpServerRequest http, Buffer body) {
        PosRequest request = reader.read(http, body);
        requests++;
        boolean named = request.call() == Call.START && pairing.isPaired();
        log.add(new RequestReceived(
                clock.instant(),
                requests,
                request,
                !named || pairing.hasNames(request),
                pairing.accepts(request.pairingToken())));
        handle(new Exchange(requests, request, http, log, clock));
    }

    private void handle(Exchange exchange) {
        switch (exchange.request().call()) {
            case PAIR -> pair(exchange);
            case UNPAIR -> pairing.unpair(exchange);
            case START -> starts.start(exchange);
            case LIST -> polls.list(exchange);
            case POLL -> polls.poll(exchange);
            case LOOK_UP -> polls.lookUp(exchange);
            case CANCEL -> polls.cancel(exchange);
            case DEVICE -> polls.device(exchange);
            case STATUS -> polls.status(exchange);
            case PREFLIGHT ->
                exchange.withHeader("Access-Control-Allow-Methods", "GET, PUT, POST, DELETE")
                        .withHeader(
                                "Access-Control-Allow-Headers",
                                "Content-Type, Idempotency-Key, Pairing-Token, Last-Event-ID")
                        .answer(JsonNodeFactory.instance.objectNode());
            case UNKNOWN -> exchange.error(404, "No such path or method");
        }
    }

    private void pair(Exchange exchange) {
        List<String> problems = exchange.request().problems();
        if (problems.isEmpty()) {
            pairing.pair(exchange);
        } else {
            exchange.error(400, problems.get(0));
        }
    }

    private void run(Runnable task) {
        onEventLoop(() -> {
            task.run();
            return Optional.empty();
        });
    }

    private <T> T onEventLoop(Supplier<T> task) {
        return CompletableFuture.supplyAsync(task, execute -> vertx.runOnContext(unused -> execute.run()))
                .join();
    }

    @Override
    public void close() {
        Future<Void> closed = vertx.close();
        closed.toCompletionStage()
                .toCompletableFuture()
                .orTimeout(CLOSE_SECONDS, TimeUnit.SECONDS)
                .join();
    }
}
