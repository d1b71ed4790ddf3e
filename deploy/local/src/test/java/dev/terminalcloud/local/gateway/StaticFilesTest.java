package dev.terminalcloud.local.gateway;

import static dev.terminalcloud.local.TestTimeouts.get;
import static org.assertj.core.api.Assertions.assertThat;

import io.vertx.core.Vertx;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class StaticFilesTest {
    private final Vertx vertx = Vertx.vertx();
    private final HttpClient client = HttpClient.newHttpClient();
    private Gateway gateway;

    @BeforeEach
    void start() {
        gateway = get(Gateway.listen(vertx, "127.0.0.1", 0, List.of(Route.pages("/docs", "pages"))));
    }

    @AfterEach
    void stop() {
        get(vertx.close());
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "/docs/ | text/html; charset=utf-8 | <!doctype html>",
                "/DOCS/index.html | text/html; charset=utf-8 | <!doctype html>",
                "/docs/style.css?v=1 | text/css; charset=utf-8 | body { color: black }",
                "/docs/folder/api.json | application/json | {\"openapi\":\"3.1.0\"}",
            })
    void fileOfTheFolderIsServedAsWhatItIs(String path, String type, String beginning) throws Exception {
        HttpResponse<String> answer = ask("GET", path);
        assertThat(answer.statusCode()).isEqualTo(200);
        assertThat(header(answer, "Content-Type")).isEqualTo(type);
        assertThat(header(answer, "Cache-Control")).isEqualTo("no-cache");
        assertThat(answer.body()).startsWith(beginning);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "/docs/ | Content-Security-Policy | default-src 'none'; script-src 'self'; style-src 'self';"
                        + " img-src 'self' data:; font-src 'self'; connect-src 'self'; base-uri 'none'; form-action 'none';"
                        + " frame-ancestors 'none'",
                "/docs/ | X-Content-Type-Options | nosniff",
                "/docs/ | Referrer-Policy | no-referrer",
                "/docs/nothing.html | X-Content-Type-Options | nosniff",
                "/docs/nothing.html | Cache-Control | no-store",
            })
    void answerRestrictsTheBrowser(String path, String name, String value) throws Exception {
        assertThat(header(ask("GET", path), name)).isEqualTo(value);
        assertThat(header(ask("HEAD", path), name)).isEqualTo(value);
    }

    @Test
    void unchangedFileRestrictsTheBrowserToo() throws Exception {
        String tag = header(ask("GET", "/docs/style.css"), "ETag");
        assertThat(header(ask("GET", "/docs/style.css", "If-None-Match", tag), "Content-Security-Policy"))
                .isEqualTo(PageHeaders.CONTENT_SECURITY_POLICY);
    }

    @Test
    void folderWithoutItsSlashLeadsToTheFolder() throws Exception {
        HttpResponse<String> answer = ask("GET", "/docs");
        assertThat(answer.statusCode()).isEqualTo(308);
        assertThat(header(answer, "Location")).isEqualTo("/docs/");
    }

    @Test
    void headHasTheHeadersAndNoBody() throws Exception {
        HttpResponse<String> answer = ask("HEAD", "/docs/style.css");
        assertThat(answer.statusCode()).isEqualTo(200);
        assertThat(header(answer, "Content-Length")).isEqualTo("22");
        assertThat(answer.body()).isEmpty();
    }

    @Test
    void cachedFileIsNotSentAgain() throws Exception {
        String tag = header(ask("GET", "/docs/style.css"), "ETag");
        assertThat(ask("GET", "/docs/style.css", "If-None-Match", tag).statusCode())
                .isEqualTo(304);
        assertThat(ask("GET", "/docs/style.css", "If-None-Match", "\"other\"").statusCode())
                .isEqualTo(200);
        assertThat(header(ask("GET", "/docs/index.html"), "ETag")).isNotEqualTo(tag);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "/docs/nothing.html",
                "/docs/folder",
                "/docs/folder/",
                "/docs/style.css/",
                "/docs/../junit-platform.properties",
                "/docs/%2e%2e/pages/style.css",
                "/docs/style%2ecss",
                "/docs/.hidden.txt",
                "/docsx/style.css"
            })
    void missingFileIsNotFound(String path) throws Exception {
        assertIsNotThere(ask("GET", path));
    }

    @ParameterizedTest
    @ValueSource(strings = {"POST", "PUT", "DELETE", "OPTIONS"})
    void fileIsThereForReadingOnly(String method) throws Exception {
        assertIsNotThere(ask(method, "/docs/style.css"));
    }

    private static void assertIsNotThere(HttpResponse<String> answer) {
        assertThat(answer.statusCode()).isEqualTo(404);
        assertThat(header(answer, "Content-Type")).isEqualTo("application/json");
        assertThat(answer.body()).startsWith("{\"error\":");
    }

    private HttpResponse<String> ask(String method, String path, String... headers)
            throws IOException, InterruptedException {
        HttpRequest.Builder request = HttpRequest.newBuilder(
                        URI.create("http://127.0.0.1:%d%s".formatted(gateway.port(), path)))
                .method(method, BodyPublishers.noBody());
        if (headers.length > 0) {
            request.headers(headers);
        }
        return client.send(request.build(), BodyHandlers.ofString());
    }

    private static String header(HttpResponse<String> answer, String name) {
        return answer.headers().firstValue(name).orElse("");
    }
}
