package dev.terminalcloud.pairing.registers;

import static org.assertj.core.api.Assertions.assertThat;

import dev.terminalcloud.events.EventCodec;
import dev.terminalcloud.pairing.Database;
import dev.terminalcloud.pairing.FakeDevice;
import dev.terminalcloud.pairing.FakeRegister;
import dev.terminalcloud.pairing.TestFixtures;
import io.quarkus.test.junit.QuarkusTest;
import jakarta.inject.Inject;
import org.junit.jupiter.api.Test;

/** Card numbers in the request of a register that pairs. */
@QuarkusTest
class CardDataTest {
    private static final String CARD = "4111111111111111";

    @Inject
    TestFixtures world;

    @Inject
    Database database;

    @Test
    void cardNumberIsMaskedInNamesAndContactDetails() {
        FakeDevice device = world.device().hello();
        FakeRegister register = world.register()
                .with("POSRegisterName", "Till " + CARD)
                .with("Contact Name", "Jane " + CARD)
                .with("Phone", CARD);

        assertThat(register.pair(device.freshCode()).statusCode()).isEqualTo(200);

        assertThat(database.query(
                        "select concat_ws('|', register_name, contact_name, phone) from register where register_id = ?",
                        register.id()))
                .containsExactly("Till ************1111|Jane ************1111|************1111");
        assertThat(EventCodec.encode(register.event(1))).doesNotContain(CARD);
        assertThat(database.count(
                        "select count(*) from pairing_history h where register_id = ? and cast(h as text) like '%' || ? || '%'",
                        register.id(), CARD))
                .isZero();
    }

    @Test
    void registerWhoseIdPassesForACardNumberKeepsIt() {
        FakeDevice device = world.device().hello();
        String id = CARD + "-" + world.register().id();
        FakeRegister register = world.register().with("POSRegisterID", id);

        assertThat(register.pair(device.freshCode()).statusCode()).isEqualTo(200);

        assertThat(database.query("select device_id from register where register_id = ?", id))
                .containsExactly(device.id());
    }
}
