package dev.terminalcloud.benchmark;

import io.vertx.core.Vertx;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpClient;
import io.vertx.core.http.HttpClientOptions;
import io.vertx.core.http.HttpClientResponse;
import io.vertx.core.http.HttpMethod;
import io.vertx.core.http.RequestOptions;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.time.Duration;

/**
 * Registers that pay synchronously, all at once, in a process of their own: each holds a connection, and a process may have
 * only so many. Each line of the input is the body of one request; each answer is a line of the output.
 */
final class HeldRegisters {
    private static final Duration TIME_OUT = Duration.ofMinutes(15);

    private final HttpClient client;
    private final URI url;

    private HeldRegisters(Vertx vertx, URI url) {
        this.client = vertx.createHttpClient(new HttpClientOptions().setMaxPoolSize(Integer.MAX_VALUE));
        this.url = url.resolve("/POS/Transaction");
    }

    public static void main(String[] arguments) throws IOException {
        HeldRegisters registers = new HeldRegisters(Vertx.vertx(), URI.create(arguments[0]));
        BufferedReader bodies = new BufferedReader(new InputStreamReader(System.in, StandardCharsets.UTF_8));
        for (String body = bodies.readLine(); body != null; body = bodies.readLine()) {
            registers.post(body);
        }
        System.exit(0);
    }

    private void post(String body) {
        client.request(new RequestOptions()
                        .setMethod(HttpMethod.POST)
                        .setAbsoluteURI(url.toString())
                        .setIdleTimeout(TIME_OUT.toMillis())
                        .putHeader("Content-Type", "application/x-www-form-urlencoded"))
                .compose(request -> request.send(Buffer.buffer(body)))
                .compose(HttpClientResponse::body)
                .onComplete(answer -> tell(
                        answer.succeeded()
                                ? answer.result().toString()
                                : answer.cause().toString()));
    }

    private static synchronized void tell(String line) {
        System.out.println(line);
        System.out.flush();
    }
}
