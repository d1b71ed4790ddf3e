package dev.terminalcloud.pairing.wrongcodes;

import static org.assertj.core.api.Assertions.assertThat;

import dev.terminalcloud.pairing.Database;
import dev.terminalcloud.pairing.FakeRegister;
import dev.terminalcloud.pairing.TestFixtures;
import io.quarkus.test.junit.QuarkusTest;
import io.quarkus.test.junit.QuarkusTestProfile;
import io.quarkus.test.junit.TestProfile;
import jakarta.inject.Inject;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** {@code X-Forwarded-For} from an untrusted peer, which is ignored; and configured limits. */
@QuarkusTest
@TestProfile(UnknownProxyTest.OtherProxyProfile.class)
class UnknownProxyTest {
    public static class OtherProxyProfile implements QuarkusTestProfile {
        @Override
        public Map<String, String> getConfigOverrides() {
            return Map.of(
                    "pairing.trusted-proxies", "192.0.2.0/24,2001:db8::/32",
                    "pairing.wrong-codes.max-per-register", "2",
                    "pairing.wrong-codes.max-per-address", "3");
        }
    }

    @Inject
    TestFixtures world;

    @Inject
    Database database;

    /** Tests without a header send from this address too. */
    @BeforeEach
    void forgetThisMachine() {
        database.update("delete from wrong_code where address = '127.0.0.1'");
        database.update("update pairing_code set claimed_from = null where claimed_from = '127.0.0.1'");
    }

    @Test
    void eachConnectionCountsForItsPeer() {
        FakeRegister first = world.register().from("192.0.2.7");
        FakeRegister second = world.register().from("198.51.100.1");

        assertThat(statuses(first, 3)).containsExactly(400, 400, 429);
        assertThat(statuses(second, 2)).containsExactly(400, 429);
    }

    private static List<Integer> statuses(FakeRegister register, int times) {
        return IntStream.range(0, times)
                .mapToObj(i -> register.pair("00000000").statusCode())
                .toList();
    }
}
