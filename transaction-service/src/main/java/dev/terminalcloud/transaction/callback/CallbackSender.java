package dev.terminalcloud.transaction.callback;

import dev.terminalcloud.callbackurl.CallbackTargets;
import dev.terminalcloud.callbackurl.CallbackUrl;
import dev.terminalcloud.tracing.TraceAttribute;
import dev.terminalcloud.tracing.TraceSpan;
import dev.terminalcloud.tracing.Tracing;
import io.smallrye.mutiny.Uni;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpClient;
import io.vertx.core.http.HttpClientOptions;
import io.vertx.core.http.HttpClientRequest;
import io.vertx.core.http.HttpClientResponse;
import io.vertx.core.http.HttpMethod;
import io.vertx.core.http.RequestOptions;
import io.vertx.core.net.SocketAddress;
import jakarta.enterprise.context.ApplicationScoped;
import java.net.InetAddress;
import java.time.Duration;
import java.util.Arrays;

/**
 * Sends one message: resolves the host once, checks every address, and connects to the one that it checked. It does
 * not follow redirects, and does not read the body of the response.
 */
@ApplicationScoped
class CallbackSender {
    private static final Duration TIMEOUT = Duration.ofSeconds(10);
    private static final int MAX_CONNECTIONS_PER_HOST = 1_000;

    private final Vertx vertx;
    private final HttpClient http;
    private final CallbackTargets targets;
    private final Tracing tracing;

    CallbackSender(Vertx vertx, CallbackTargets targets, Tracing tracing) {
        this.vertx = vertx;
        this.http = vertx.createHttpClient(new HttpClientOptions()
                .setConnectTimeout((int) TIMEOUT.toMillis())
                // A POS that is slow must not hold up its own other callbacks by a queue for connections.
                .setMaxPoolSize(MAX_CONNECTIONS_PER_HOST)
                .setKeepAlive(false));
        this.targets = targets;
        this.tracing = tracing;
    }

    /**
     * Makes one attempt, for ten seconds at most.
     *
     * @param traceparent the trace of the transaction that the message is about; null without one
     * @return the HTTP status; fails with {@link ForbiddenTargetException} if the host has a special-purpose address,
     *     and with any other failure of the request
     */
    Uni<Integer> send(CallbackUrl url, SignedMessage message, String traceparent) {
        TraceSpan step = tracing.call("POST callback", traceparent);
        Uni<Integer> status = Uni.createFrom()
                .completionStage(() -> resolve(url)
                        .compose(address -> http.request(options(url, address)))
                        .compose(request -> post(request, message))
                        .toCompletionStage())
                .ifNoItem()
                .after(TIMEOUT)
                .fail();
        return step.isTraced() ? trace(step, message, status) : status;
    }

    /** The id of a traced message is that of its transaction. Without the URL, which is the POS's own and may have a secret. */
    private static Uni<Integer> trace(TraceSpan step, SignedMessage message, Uni<Integer> status) {
        step.with(TraceAttribute.HTTP_METHOD, "POST").with(TraceAttribute.TRANSACTION_ID, message.id());
        return status.invoke(step::withStatus).onItemOrFailure().invoke((done, failure) -> step.end(failure));
    }

    private Future<InetAddress> resolve(CallbackUrl url) {
        return vertx.executeBlocking(() -> InetAddress.getAllByName(url.host().name()), false)
                .map(addresses -> {
                    if (!Arrays.stream(addresses).allMatch(targets::allows)) {
                        throw new ForbiddenTargetException(url.host().name());
                    }
                    return addresses[0];
                });
    }

    private static RequestOptions options(CallbackUrl url, InetAddress address) {
        return new RequestOptions()
                .setMethod(HttpMethod.POST)
                .setServer(SocketAddress.inetSocketAddress(url.port(), address.getHostAddress()))
                .setHost(url.host().inHeader())
                .setPort(url.port())
                .setSsl(url.isEncrypted())
                .setURI(url.target())
                .setTimeout(TIMEOUT.toMillis());
    }

    private Future<Integer> post(HttpClientRequest request, SignedMessage message) {
        return request.putHeader("Content-Type", "application/json")
                .putHeader("webhook-id", message.id())
                .putHeader("webhook-timestamp", Long.toString(message.time().getEpochSecond()))
                .putHeader("webhook-signature", WebhookSignature.of(message))
                .send(Buffer.buffer(message.body()))
                .map(CallbackSender::statusWithoutBody);
    }

    private static int statusWithoutBody(HttpClientResponse response) {
        // Without a handler this reset would be logged as an error.
        response.exceptionHandler(reset -> {});
        response.request().reset();
        return response.statusCode();
    }
}
