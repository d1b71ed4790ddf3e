package dev.terminalcloud.pairing.administration;

import static org.assertj.core.api.Assertions.assertThat;

import dev.terminalcloud.pairing.Database;
import dev.terminalcloud.pairing.FakeDevice;
import dev.terminalcloud.pairing.TestFixtures;
import io.quarkus.test.junit.QuarkusTest;
import jakarta.inject.Inject;
import java.net.http.HttpResponse;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Changes whose audit entry can't be written: they are not made. */
@QuarkusTest
class AuditOutageTest {
    @Inject
    TestFixtures world;

    @Inject
    Database database;

    @AfterEach
    void restore() {
        database.acceptRows("audit_entry");
    }

    @ParameterizedTest
    @CsvSource({"40001, 503", "23514, 500"})
    void changeWhoseEntryCannotBeWrittenIsNotMade(String sqlState, int status) {
        FakeDevice device = world.device();
        database.refuseRows("audit_entry", device.id(), sqlState);

        HttpResponse<String> answer = revoke(device);

        assertThat(answer.statusCode()).isEqualTo(status);
        assertThat(database.query("select revoked_at from device where device_id = ?", device.id()))
                .containsOnlyNulls();
        assertThat(database.count("select version from device where device_id = ?", device.id()))
                .isEqualTo(1);
    }

    @Test
    void unknownOutcomeIsReportedAndRequestMayBeRepeated() {
        FakeDevice device = world.device();
        database.refuseRows("audit_entry", device.id(), "40001");

        HttpResponse<String> refused = revoke(device);
        restore();

        assertThat(refused.headers().firstValue("Retry-After")).contains("2");
        assertThat(refused.body())
                .isEqualTo(
                        "{\"error\":\"The database is unavailable. The change may have been made: check, or retry\"}");
        assertThat(revoke(device).body()).contains("\"outcome\":\"DONE\"");
    }

    private HttpResponse<String> revoke(FakeDevice device) {
        return world.ask("PUT", "/admin/devices/" + device.id() + "/revocation", null);
    }
}
