package dev.terminalcloud.certification.pos.gateway;

import static java.nio.charset.StandardCharsets.UTF_8;

import dev.terminalcloud.certification.pos.gateway.GatewayEvent.CallbackSent;
import dev.terminalcloud.certification.pos.gateway.GatewayEvent.ShownVersion;
import dev.terminalcloud.certification.trace.EventLog;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpClient;
import io.vertx.core.http.HttpClientResponse;
import io.vertx.core.http.HttpMethod;
import io.vertx.core.http.RequestOptions;
import java.security.GeneralSecurityException;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.Base64;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;

/** Sends callbacks, signed as Standard Webhooks (POS API, section 9). On the event loop. */
final class CallbackSender {
    private static final String ALGORITHM = "HmacSHA256";
    private static final long TIMEOUT_MILLIS = Duration.ofSeconds(10).toMillis();

    private final HttpClient client;
    private final EventLog<GatewayEvent> log;
    private final Clock clock;

    CallbackSender(Vertx vertx, EventLog<GatewayEvent> log, Clock clock) {
        this.client = vertx.createHttpClient();
        this.log = log;
        this.clock = clock;
    }

    /** Sends the callback to the URL of the start, and completes with the response to it. */
    Future<CallbackSent> send(SimulatedTransaction transaction, Callback callback) {
        String body = transaction.callback(callback.state(), callback.version()).toString();
        Instant time = clock.instant().minus(callback.age());
        String key = callback.genuineKey() ? transaction.token() : "not the token of this transaction";
        ShownVersion shown = new ShownVersion(
                transaction.id(), callback.version(), callback.state().completed());
        return post(transaction, body, time, sign(key, transaction.id() + "." + time.getEpochSecond() + "." + body))
                .map(HttpClientResponse::statusCode)
                .otherwise(0)
                .map(status -> new CallbackSent(clock.instant(), shown, callback.isGenuine(), status))
                .onSuccess(log::add);
    }

    private Future<HttpClientResponse> post(
            SimulatedTransaction transaction, String body, Instant time, String signature) {
        RequestOptions options;
        try {
            options = new RequestOptions()
                    .setMethod(HttpMethod.POST)
                    .setAbsoluteURI(transaction.request().text("PosNotificationCallbackUrl"))
                    .setTimeout(TIMEOUT_MILLIS)
                    .putHeader("Content-Type", "application/json")
                    .putHeader("webhook-id", transaction.id())
                    .putHeader("webhook-timestamp", Long.toString(time.getEpochSecond()))
                    .putHeader("webhook-signature", signature);
        } catch (RuntimeException e) {
            return Future.failedFuture(e);
        }
        return client.request(options).compose(request -> request.send(Buffer.buffer(body)));
    }

    private static String sign(String key, String signed) {
        try {
            Mac mac = Mac.getInstance(ALGORITHM);
            mac.init(new SecretKeySpec(key.getBytes(UTF_8), ALGORITHM));
            return "v1," + Base64.getEncoder().encodeToString(mac.doFinal(signed.getBytes(UTF_8)));
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException(ALGORITHM + " is not available", e);
        }
    }
}
