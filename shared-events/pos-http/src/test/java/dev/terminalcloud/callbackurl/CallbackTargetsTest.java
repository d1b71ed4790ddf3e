package dev.terminalcloud.callbackurl;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.terminalcloud.posapi.ApiException;
import java.net.InetAddress;
import java.net.UnknownHostException;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Addresses that callbacks may be sent to. */
class CallbackTargetsTest {
    private final CallbackTargets publicOnly = new CallbackTargets(false);
    private final CallbackTargets any = new CallbackTargets(true);

    @ParameterizedTest
    @ValueSource(
            strings = {
                "0.0.0.0",
                "10.1.2.3",
                "100.64.0.1",
                "127.0.0.1",
                "127.9.9.9",
                "169.254.169.254",
                "172.16.0.1",
                "172.31.255.255",
                "192.168.1.1",
                "198.18.0.1",
                "224.0.0.1",
                "255.255.255.255",
                "::",
                "::1",
                "::7f00:1",
                "fe80::1",
                "fd00::1",
                "ff02::1",
                "::ffff:10.0.0.1",
                "::ffff:0:a00:1",
                "64:ff9b::a00:1",
                "100::1",
                "2002:a00:1::",
                "3fff::1",
                "5f00::1"
            })
    void specialAddressIsRejected(String address) throws UnknownHostException {
        assertThat(publicOnly.allows(InetAddress.getByName(address))).isFalse();
        assertNotPublic(publicOnly, address.contains(":") ? "[" + address + "]" : address);
    }

    @ParameterizedTest
    @ValueSource(strings = {"localhost", "LOCALHOST.", "till.localhost", "127.0.0.1.", "１２７.0.0.1", "[0:0::0:1]"})
    void nameOfTheMachineItselfIsRejected(String host) {
        assertNotPublic(publicOnly, host);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {"8.8.8.8", "100.63.255.255", "172.32.0.1", "192.169.0.1", "[2606:4700::1111]", "[::ffff:8.8.8.8]"
            })
    void publicAddressIsAccepted(String host) {
        assertThat(publicOnly.parse("http://" + host + "/").host().address()).isPresent();
    }

    @ParameterizedTest
    @ValueSource(strings = {"pos.example", "pos_server", "localhost.example", "notlocalhost"})
    void addressesOfANameAreCheckedLater(String host) {
        assertThat(publicOnly.parse("http://" + host + "/").host().address()).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(strings = {"localhost", "127.0.0.1", "[::1]", "10.0.0.1", "[fd00::1]"})
    void privateAddressIsAcceptedIfTheConfigurationAllowsIt(String host) {
        assertThat(any.parse("http://" + host + "/")).hasToString("http://" + host + "/");
    }

    @ParameterizedTest
    @ValueSource(strings = {"0.0.0.0", "[::]", "224.0.0.1", "[ff02::1]"})
    void addressOfNoHostIsAlwaysRejected(String host) {
        assertNotPublic(any, host);
    }

    private static void assertNotPublic(CallbackTargets targets, String host) {
        assertThatThrownBy(() -> targets.parse("http://" + host + "/"))
                .isInstanceOf(ApiException.class)
                .hasMessage("PosNotificationCallbackUrl must have a public address");
    }
}
