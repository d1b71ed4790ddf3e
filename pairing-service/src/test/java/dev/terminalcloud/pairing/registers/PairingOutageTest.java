package dev.terminalcloud.pairing.registers;

import static org.assertj.core.api.Assertions.assertThat;

import dev.terminalcloud.pairing.Database;
import dev.terminalcloud.pairing.FakeDevice;
import dev.terminalcloud.pairing.FakeRegister;
import dev.terminalcloud.pairing.TestFixtures;
import io.quarkus.test.junit.QuarkusTest;
import jakarta.inject.Inject;
import java.net.http.HttpResponse;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** Pairing while the database can't be written to. */
@QuarkusTest
class PairingOutageTest {
    @Inject
    TestFixtures world;

    @Inject
    Database database;

    @AfterEach
    void restore() {
        database.update("drop trigger if exists refuse on register");
        database.update("drop sequence if exists refusals");
    }

    @Test
    void shortTransientFailureIsHiddenFromTheRegister() {
        FakeDevice device = world.device().hello();
        String code = device.freshCode();
        FakeRegister register = world.register();
        refuse(register, 2);

        assertThat(register.pair(code).statusCode()).isEqualTo(200);
        assertThat(register.event(1).pairingNumber()).isEqualTo(1);
    }

    @Test
    void registerIsAskedToComeBackAndItsCodeIsStillGood() {
        FakeDevice device = world.device().hello();
        String code = device.freshCode();
        FakeRegister register = world.register();
        refuse(register, 1_000);

        HttpResponse<String> refused = register.pair(code);
        restore();

        assertThat(refused.statusCode()).isEqualTo(503);
        assertThat(refused.headers().firstValue("Retry-After")).contains("2");
        assertThat(refused.body())
                .isEqualTo("{\"error\":\"Pairing is temporarily unavailable. Try again with the same code\"}");
        assertThat(register.pair(code).statusCode()).isEqualTo(200);
        assertThat(register.event(1).pairingNumber()).isEqualTo(1);
    }

    /** The database fails to serialise this register's first transactions. */
    private void refuse(FakeRegister register, int times) {
        database.update("create sequence refusals");
        database.update(
                """
                create or replace function refuse() returns trigger language plpgsql
                security definer set search_path = pairing as $$
                begin
                    if new.register_id = '%s' and nextval('refusals') <= %d then
                        raise exception 'refused by the test' using errcode = '40001';
                    end if;
                    return new;
                end $$
                """
                        .formatted(register.id(), times));
        database.update("create trigger refuse before insert on register for each row execute function refuse()");
    }
}
