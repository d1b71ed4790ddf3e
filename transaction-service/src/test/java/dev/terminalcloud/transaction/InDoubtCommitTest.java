package dev.terminalcloud.transaction;

import static org.assertj.core.api.Assertions.assertThat;

import dev.terminalcloud.embedded.test.TestInfrastructure;
import dev.terminalcloud.virtualregister.Answer;
import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.common.ResourceArg;
import io.quarkus.test.junit.QuarkusTest;
import io.vertx.mutiny.sqlclient.Tuple;
import jakarta.inject.Inject;
import org.junit.jupiter.api.Test;

/** The database's connection breaks while an intake commits. */
@QuarkusTest
@QuarkusTestResource(
        value = TestInfrastructure.class,
        initArgs = @ResourceArg(name = TestInfrastructure.SERVICE, value = "transaction"))
class InDoubtCommitTest {
    private static final String BREAK_AT_COMMIT =
            """
            create or replace function break_connection() returns trigger language plpgsql as $$
            begin perform pg_terminate_backend(pg_backend_pid()); return null; end $$
            """;

    @Inject
    TestFixtures shop;

    @Test
    void commitThatDidNotHappenIsRefusedForCertain() {
        FakeRegister register = shop.register();
        FakeDevice device = shop.pairedDeviceOf(register);
        shop.execute(BREAK_AT_COMMIT, Tuple.tuple());
        shop.execute(
                "create constraint trigger break_commit after insert on transaction deferrable initially deferred "
                        + "for each row when (new.device_id = '" + device.id()
                        + "' and new.phase = 'QUEUED') execute function break_connection()",
                Tuple.tuple());
        Answer refused = register.pays(500);
        shop.execute("drop trigger break_commit on transaction", Tuple.tuple());

        assertThat(refused.status()).isEqualTo(503);
        assertThat(refused.error()).contains("Nothing was started");
        assertThat(shop.count("transaction where device_id = $1 and phase = 'QUEUED'", Tuple.of(device.id())))
                .isZero();
        assertThat(register.pays(500).status()).isEqualTo(200);
    }
}
