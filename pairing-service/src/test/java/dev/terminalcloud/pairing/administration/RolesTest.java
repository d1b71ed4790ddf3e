package dev.terminalcloud.pairing.administration;

import static org.assertj.core.api.Assertions.assertThat;

import dev.terminalcloud.pairing.FakeDevice;
import dev.terminalcloud.pairing.Http;
import dev.terminalcloud.pairing.TestFixtures;
import io.quarkus.test.junit.QuarkusTest;
import jakarta.inject.Inject;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Permissions of the roles. */
@QuarkusTest
class RolesTest {
    private static final String ANONYMOUS = TestFixtures.basic("operator", "wrong");

    @Inject
    TestFixtures world;

    @Inject
    Http http;

    @Test
    void authorizationHeaderOfAPosIsIgnored() {
        HttpResponse<String> answer =
                http.send("PUT", "/POS/Pairing/00000000", BodyPublishers.noBody(), "Authorization", ANONYMOUS);

        assertThat(answer.body()).isEqualTo("{\"error\":\"POSRegisterID is missing\"}");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "GET    | devices                | 200 |",
                "GET    | devices/%s             | 200 |",
                "GET    | devices/%s/pairings    | 200 |",
                "GET    | registers/flapping     | 200 |",
                "GET    | audit                  | 200 |",
                "POST   | devices                | 403 | {\"devices\":[{\"deviceId\":\"%s\"}]}",
                "PUT    | devices/%s             | 403 | {}",
                "POST   | devices/%s/secret      | 403 | {}",
                "PUT    | devices/%s/revocation  | 403 |",
                "DELETE | devices/%s/revocation  | 403 |",
                "POST   | devices/%s/replacement | 403 | {\"replacementDeviceId\":\"9999999997\"}",
                "DELETE | devices/%s/pairing     | 403 |",
                "POST   | devices/%s/probe       | 403 |",
            })
    void viewerCanReadButNotChange(String method, String path, int status, String json) {
        FakeDevice device = world.device();
        String url = "/admin/" + path.replace("%s", device.id());
        String body = json == null ? null : json.replace("%s", device.id());

        HttpResponse<String> asViewer = world.ask(TestFixtures.VIEWER, method, url, body);
        HttpResponse<String> asAnonymous = world.ask(ANONYMOUS, method, url, body);
        HttpResponse<String> asOperator = world.ask(TestFixtures.OPERATOR, method, url, body);

        assertThat(asViewer.statusCode()).isEqualTo(status);
        assertThat(asAnonymous.statusCode()).isEqualTo(401);
        assertThat(asOperator.statusCode()).isIn(200, 404, 409);
    }
}
