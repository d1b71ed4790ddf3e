package dev.terminalcloud.embedded.test;

import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;

/**
 * The health checks of an application under test.
 *
 * @param address the address of all of them: {@code http://localhost:9081/q/health}
 */
public record HealthEndpoint(URI address) {
    public HttpResponse<String> ready() throws IOException, InterruptedException {
        return get("/ready");
    }

    public HttpResponse<String> live() throws IOException, InterruptedException {
        return get("/live");
    }

    private HttpResponse<String> get(String kind) throws IOException, InterruptedException {
        return HttpClient.newHttpClient()
                .send(HttpRequest.newBuilder(URI.create(address + kind)).build(), BodyHandlers.ofString());
    }
}
