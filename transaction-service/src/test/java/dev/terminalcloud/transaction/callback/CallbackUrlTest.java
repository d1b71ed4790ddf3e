package dev.terminalcloud.transaction.callback;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.terminalcloud.posapi.ApiException;
import java.net.InetAddress;
import java.net.UnknownHostException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Validation of callback URLs and of their addresses. */
class CallbackUrlTest {

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            textBlock =
                    """
            pos.example/done             | must start with http:// or https://
            ftp://pos.example/done       | must start with http:// or https://
            http:///done                 | must have a host
            http:done                    | must have a host
            http://me:secret@pos.example | must not contain user info
            http://pos.example:port/     | must be a valid URL
            http://pos example/          | must be a valid URL
            """)
    void invalidUrlIsRejected(String url, String rule) {
        assertThatThrownBy(() -> CallbackUrl.of(url))
                .isInstanceOf(ApiException.class)
                .hasMessage("PosNotificationCallbackUrl " + rule);
    }

    @Test
    void urlIsTakenApart() {
        CallbackUrl url = CallbackUrl.of("https://pos.example/done?sale=1%202");
        assertThat(url.host()).isEqualTo("pos.example");
        assertThat(url.port()).isEqualTo(443);
        assertThat(url.isEncrypted()).isTrue();
        assertThat(url.target()).isEqualTo("/done?sale=1%202");
        assertThat(CallbackUrl.of("http://[2001:db8::1]:8080").host()).isEqualTo("2001:db8::1");
        assertThat(CallbackUrl.of("http://pos.example").target()).isEqualTo("/");
        assertThat(CallbackUrl.of("http://pos.example").port()).isEqualTo(80);
    }

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
                "fe80::1",
                "fd00::1",
                "ff02::1",
                "::ffff:10.0.0.1",
                "64:ff9b::a00:1",
                "2002:a00:1::"
            })
    void specialAddressIsRefused(String address) throws UnknownHostException {
        assertThat(SpecialPurposeAddresses.contains(InetAddress.getByName(address)))
                .isTrue();
    }

    @ParameterizedTest
    @ValueSource(strings = {"8.8.8.8", "100.63.255.255", "172.32.0.1", "192.169.0.1", "2606:4700::1111"})
    void publicAddressIsNot(String address) throws UnknownHostException {
        assertThat(SpecialPurposeAddresses.contains(InetAddress.getByName(address)))
                .isFalse();
    }
}
