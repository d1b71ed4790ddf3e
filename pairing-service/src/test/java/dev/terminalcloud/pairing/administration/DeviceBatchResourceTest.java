package dev.terminalcloud.pairing.administration;

import static org.assertj.core.api.Assertions.assertThat;

import dev.terminalcloud.pairing.Database;
import dev.terminalcloud.pairing.TestFixtures;
import io.quarkus.test.junit.QuarkusTest;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import jakarta.inject.Inject;
import java.net.http.HttpResponse;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** {@code POST /admin/devices}. */
@QuarkusTest
class DeviceBatchResourceTest {
    @Inject
    TestFixtures world;

    @Inject
    Database database;

    @Test
    void eachHasItsOwnOutcome() {
        String made = world.unregistered().id();
        String chosen = world.unregistered().id();
        String wrong = world.unregistered().id();
        String same = world.device().id();

        HttpResponse<String> answer = register(
                """
                {"devices":[{"deviceId":"%s"},{"deviceId":"12"},{"deviceId":"%s","secret":"an-operators-secret"},
                {"deviceId":"%s","secret":""},{"deviceId":"%s","secret":"demo-device-secret"}]}
                """
                        .formatted(made, chosen, wrong, same));

        assertThat(answer.statusCode()).isEqualTo(200);
        JsonArray endings = new JsonObject(answer.body()).getJsonArray("devices");
        assertThat(endings.getJsonObject(0).getString("secret")).matches("[A-Za-z0-9_-]{43}");
        endings.getJsonObject(0).remove("secret");
        assertThat(endings)
                .isEqualTo(new JsonArray(
                        """
                        [{"deviceId":"%s","outcome":"DONE"},
                        {"deviceId":"12","outcome":"REFUSED","error":"Device id must have 4 to 14 decimal digits"},
                        {"deviceId":"%s","outcome":"DONE"},
                        {"deviceId":"%s","outcome":"REFUSED","error":"secret must have 16 to 256 characters"},
                        {"deviceId":"%s","outcome":"UNCHANGED"}]
                        """
                                .formatted(made, chosen, wrong, same)));
        assertThat(database.count("select count(*) from device where device_id in (?, ?, ?)", made, chosen, wrong))
                .isEqualTo(2);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "{}                                                         | devices is missing",
                "{\"devices\":[]}                                           | devices is missing",
                "{\"devices\":[null]}                                       | Every entry of devices must have a"
                        + " deviceId",
                "{\"devices\":[{}]}                                         | Every entry of devices must have a"
                        + " deviceId",
                "{\"devices\":[{\"deviceId\":\"1234\"},{\"deviceId\":\"1234\"}]} | devices contains deviceId 1234"
                        + " twice",
                "{\"devices\":{}}                                           | The body does not match the expected"
                        + " JSON",
            })
    void invalidListIsRejectedAsAWhole(String json, String error) {
        HttpResponse<String> answer = register(json);

        assertThat(answer.statusCode()).isEqualTo(400);
        assertThat(new JsonObject(answer.body()).getString("error")).isEqualTo(error);
    }

    @Test
    void fiveHundredIsTheMaximum() {
        String devices = IntStream.range(0, 501)
                .mapToObj(i -> "{\"deviceId\":\"%d\"}".formatted(10_000 + i))
                .collect(Collectors.joining(","));

        HttpResponse<String> answer = register("{\"devices\":[" + devices + "]}");

        assertThat(answer.statusCode()).isEqualTo(400);
        assertThat(answer.body()).isEqualTo("{\"error\":\"devices must have at most 500 entries\"}");
    }

    private HttpResponse<String> register(String json) {
        return world.ask("POST", "/admin/devices", json);
    }
}
