package dev.terminalcloud.pairing.registers;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.terminalcloud.events.PairingEvent.RegisterPaired;
import dev.terminalcloud.pairing.Configurations;
import dev.terminalcloud.pairing.Database;
import dev.terminalcloud.pairing.FakeDevice;
import dev.terminalcloud.pairing.FakeRegister;
import dev.terminalcloud.pairing.TestFixtures;
import io.quarkus.test.junit.QuarkusTest;
import io.vertx.core.json.JsonObject;
import jakarta.inject.Inject;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** Erasure of the contact details of registers that are not paired: 30 days after the end of the last pairing. */
@QuarkusTest
class ContactCleanupTest {
    private static final String PERSONAL =
            """
            select concat_ws('|', business_name, register_name, contact_name, address, city, state, zip_code, email, phone)
            from register where register_id = ?
            """;

    @Inject
    TestFixtures world;

    @Inject
    Database database;

    @Inject
    ContactCleanup cleanup;

    @Test
    void contactOfAnUnpairedRegisterIsErased() {
        FakeRegister register = unpaired("31 days");

        erase();

        assertThat(database.query(PERSONAL, register.id())).containsExactly("|");
        JsonObject shown = new JsonObject(world.ask(
                        "GET",
                        "/admin/registers?vendorName=" + encoded(register.vendor()) + "&registerId="
                                + encoded(register.id()),
                        null)
                .body());
        assertThat(shown.containsKey("businessName")).isFalse();
        assertThat(shown.containsKey("registerName")).isFalse();
    }

    @Test
    void registerWithErasedContactPairsAgainWithAHigherVersion() {
        FakeRegister register = unpaired("31 days");
        erase();

        FakeDevice device = world.device().hello();
        assertThat(register.pair(device.freshCode()).statusCode()).isEqualTo(200);

        assertThat(register.event(3))
                .isInstanceOfSatisfying(RegisterPaired.class, paired -> assertThat(paired.version())
                        .isEqualTo(3));
        assertThat(database.query(PERSONAL, register.id()).toString()).contains("Jane Doe", register.business());
    }

    @Test
    void contactOfOtherRegistersStays() {
        FakeRegister paired = contact(world.register());
        paired.pair(world.device().hello().freshCode());
        FakeRegister recent = unpaired("29 days");

        erase();

        assertThat(database.query(PERSONAL, paired.id()).toString()).contains("Jane Doe");
        assertThat(database.query(PERSONAL, recent.id()).toString()).contains("Jane Doe", recent.business());
    }

    @Test
    void contactIsNotKeptForLongerThanTheHistoryThatDatesIt() {
        assertThatCode(() -> start("P180D")).doesNotThrowAnyException();
        assertThatThrownBy(() -> start("P181D"))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage(
                        "pairing.contact-retention must not be longer than pairing.history.retention, was PT4344H and"
                                + " PT4320H");
    }

    private static void start(String retention) {
        new ContactCleanup(null, null, Configurations.of(Map.of("pairing.contact-retention", retention)));
    }

    private void erase() {
        cleanup.eraseExpired().await().atMost(Duration.ofSeconds(60));
    }

    /** @param age of the end of its pairing */
    private FakeRegister unpaired(String age) {
        FakeDevice device = world.device().hello();
        FakeRegister register = contact(world.register());
        register.pair(device.freshCode());
        world.ask("DELETE", "/admin/devices/" + device.id() + "/pairing", null);
        assertThat(database.update(
                        "update pairing_history set ended_at = now() - cast(? as interval) where register_id = ?",
                        age,
                        register.id()))
                .isEqualTo(1);
        return register;
    }

    private static FakeRegister contact(FakeRegister register) {
        return register.with("Contact Name", "Jane Doe")
                .with("Address", "1 Main St.")
                .with("City", "Town")
                .with("State", "NSW")
                .with("ZipCode", "2000")
                .with("Email", "jane@example.com")
                .with("Phone", "0123456");
    }

    private static String encoded(String text) {
        return URLEncoder.encode(text, StandardCharsets.UTF_8);
    }
}
