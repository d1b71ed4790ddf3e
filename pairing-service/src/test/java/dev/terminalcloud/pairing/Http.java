package dev.terminalcloud.pairing;

import dev.terminalcloud.administration.AdministrationServer;
import jakarta.enterprise.context.ApplicationScoped;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublisher;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import org.eclipse.microprofile.config.ConfigProvider;

/** The service's HTTP interface: paths below {@code /admin} and {@code /q} are sent to the ports that serve them. */
@ApplicationScoped
public class Http {
    private final HttpClient client = HttpClient.newHttpClient();
    private final AdministrationServer administration;

    Http(AdministrationServer administration) {
        this.administration = administration;
    }

    public HttpResponse<String> send(String method, String path, BodyPublisher body, String... headers) {
        return send(address(path), method, path, body, headers);
    }

    /** Sends a request to any port of the service. */
    public HttpResponse<String> send(URI port, String method, String path, BodyPublisher body, String... headers) {
        HttpRequest.Builder request = HttpRequest.newBuilder(port.resolve(path)).method(method, body);
        if (headers.length > 0) {
            request.headers(headers);
        }
        try {
            return client.send(request.build(), BodyHandlers.ofString());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } catch (InterruptedException e) {
            throw new IllegalStateException(e);
        }
    }

    /** Returns the address of the public port. */
    public URI address() {
        return URI.create(ConfigProvider.getConfig().getValue("test.url", String.class));
    }

    public URI administration() {
        return URI.create("http://localhost:" + administration.port());
    }

    /** Returns the address of the port for health and metrics. */
    public URI management() {
        return URI.create(ConfigProvider.getConfig().getValue("test.management.url", String.class));
    }

    private URI address(String path) {
        if (path.startsWith("/admin")) {
            return administration();
        }
        return path.startsWith("/q") ? management() : address();
    }
}
