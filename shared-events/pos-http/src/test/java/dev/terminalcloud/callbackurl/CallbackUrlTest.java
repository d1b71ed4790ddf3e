package dev.terminalcloud.callbackurl;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.terminalcloud.posapi.ApiException;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;

/** All forms of a callback URL: what is requested, or why it is rejected. */
class CallbackUrlTest {

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '`',
            textBlock =
                    """
            http://pos.example                     | http://pos.example/
            http://pos.example/done?sale=1%202     | http://pos.example/done?sale=1%202
            HTTPS://POS.Example/Done               | https://pos.example/Done
            http://pos.example:80/                 | http://pos.example/
            https://pos.example:443/               | https://pos.example/
            https://pos.example:80/                | https://pos.example:80/
            http://pos.example:1/                  | http://pos.example:1/
            http://pos.example:65535/              | http://pos.example:65535/
            http://pos.example:08080/              | http://pos.example:8080/
            http://pos_server:8080/cb              | http://pos_server:8080/cb
            https://_a.b_c.example/                | https://_a.b_c.example/
            http://pos/                            | http://pos/
            http://pos.example./                   | http://pos.example./
            http://xn--bcher-kva.example/          | http://xn--bcher-kva.example/
            http://bücher.example/                 | http://xn--bcher-kva.example/
            http://BÜCHER.example/                 | http://xn--bcher-kva.example/
            http://日本。例/                         | http://xn--wgv71a.xn--fsq/
            http://xn--fa-hia.de/                  | http://xn--fa-hia.de/
            http://1.example/                      | http://1.example/
            http://192.0.2.1/                      | http://192.0.2.1/
            http://192.0.2.1./                     | http://192.0.2.1/
            http://１９２.0.2.1/                    | http://192.0.2.1/
            http://[2001:DB8:0:0::1]:8080          | http://[2001:db8::1]:8080/
            http://[::ffff:8.8.8.8]/               | http://8.8.8.8/
            http://pos.example/a b?c d             | http://pos.example/a%20b?c%20d
            http://pos.example/kasse/zürich?für=ß  | http://pos.example/kasse/z%C3%BCrich?f%C3%BCr=%C3%9F
            http://pos.example/👍                  | http://pos.example/%F0%9F%91%8D
            http://pos.example/%41%c3%bc           | http://pos.example/%41%c3%bc
            http://pos.example/100%?x=%            | http://pos.example/100%25?x=%25
            http://pos.example/%4?x=%zz            | http://pos.example/%254?x=%25zz
            http://pos.example/%%41                | http://pos.example/%25%41
            http://pos.example/a\\b"<>^{}           | http://pos.example/a%5Cb%22%3C%3E%5E%7B%7D
            http://pos.example/[1]?ids[]=1         | http://pos.example/%5B1%5D?ids[]=1
            http://pos.example/a+b;c@d:e?f=a+b&g=/? | http://pos.example/a+b;c@d:e?f=a+b&g=/?
            http://pos.example/a/../b//c           | http://pos.example/a/../b//c
            http://pos.example?sale=1              | http://pos.example/?sale=1
            http://pos.example/?                   | http://pos.example/?
            http://pos.example/a#b?c               | http://pos.example/a
            http://pos.example#b                   | http://pos.example/
            """)
    void urlIsRequestedInOneForm(String url, String requested) {
        assertThat(CallbackUrl.of(url)).hasToString(requested);
        assertThat(CallbackUrl.of(requested)).as("repeated").isEqualTo(CallbackUrl.of(url));
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            textBlock =
                    """
            pos.example/done              | must start with http:// or https://
            //pos.example/done            | must start with http:// or https://
            ftp://pos.example/done        | must start with http:// or https://
            httpsx://pos.example/done     | must start with http:// or https://
            http:///done                  | must have a host
            http:done                     | must have a host
            http:/done                    | must have a host
            http://                       | must have a host
            http://:8080/                 | must have a host
            http://?sale=1                | must have a host
            http://me:secret@pos.example  | must not contain user info
            http://@pos.example           | must not contain user info
            http://pos.example\\@192.0.2.1 | must not contain user info
            http://pos.example:port/      | must have a port from 1 to 65535, or no colon after the host
            http://pos.example:/          | must have a port from 1 to 65535, or no colon after the host
            http://pos.example:0/         | must have a port from 1 to 65535, or no colon after the host
            http://pos.example:65536/     | must have a port from 1 to 65535, or no colon after the host
            http://pos.example:99999999999999999999/ | must have a port from 1 to 65535, or no colon after the host
            http://pos.example:-1/        | must have a port from 1 to 65535, or no colon after the host
            http://pos.example:+80/       | must have a port from 1 to 65535, or no colon after the host
            http://[2001:db8::1]:0/       | must have a port from 1 to 65535, or no colon after the host
            http://pos example/           | must have a valid host
            http://pos%41.example/        | must have a valid host
            http://pos..example/          | must have a valid host
            http://.pos.example/          | must have a valid host
            http://./                     | must have a valid host
            http://pos.example../         | must have a valid host
            http://pos\\.example/          | must have a valid host
            http://pos!.example/          | must have a valid host
            http://faß.de/                | must have a valid host
            http://pos／example/           | must have a valid host
            http://2001:db8::1/           | must have a valid host
            http://[/                     | must have a valid host
            http://[]/                    | must have a valid host
            http://[2001:db8::1/          | must have a valid host
            http://[2001:db8::1]8080/     | must have a valid host
            http://[2001:db8::1::2]/      | must have a valid host
            http://[192.0.2.1]/           | must have a valid host
            http://[v1.a]/                | must have a valid host
            http://[fe80::1%25eth0]/      | must not have an IPv6 zone
            http://[fe80::1%eth0]/        | must not have an IPv6 zone
            http://[2001:db8::1%251]/     | must not have an IPv6 zone
            http://2130706433/            | must have an IPv4 address as four decimal numbers
            http://0x7f000001/            | must have an IPv4 address as four decimal numbers
            http://0x7f.1/                | must have an IPv4 address as four decimal numbers
            http://127.1/                 | must have an IPv4 address as four decimal numbers
            http://127.0.1/               | must have an IPv4 address as four decimal numbers
            http://0177.0.0.1/            | must have an IPv4 address as four decimal numbers
            http://127.0.0.01/            | must have an IPv4 address as four decimal numbers
            http://127.0.0.0x1/           | must have an IPv4 address as four decimal numbers
            http://256.0.0.1/             | must have an IPv4 address as four decimal numbers
            http://1.2.3.4.5/             | must have an IPv4 address as four decimal numbers
            http://127.1./                | must have an IPv4 address as four decimal numbers
            http://１２７.１/               | must have an IPv4 address as four decimal numbers
            http://0/                     | must have an IPv4 address as four decimal numbers
            http://pos.0x/                | must have an IPv4 address as four decimal numbers
            """)
    void invalidUrlIsRejected(String url, String rule) {
        assertRejected(url, rule);
    }

    @ParameterizedTest
    @MethodSource
    void longNameIsRejected(String host) {
        assertRejected("http://" + host + "/", "must have a valid host");
    }

    static Stream<String> longNameIsRejected() {
        return Stream.of("a".repeat(64) + ".example", "a.".repeat(127) + "example");
    }

    @Test
    void surroundingSpaceIsNotPartOfTheUrl() {
        assertThat(CallbackUrl.of(" http://pos.example/a \r\n")).hasToString("http://pos.example/a");
    }

    @Test
    void lineBreakCannotEndTheRequestLine() {
        assertThat(CallbackUrl.of("http://pos.example/a\r\nX: y?\tz").target()).isEqualTo("/a%0D%0AX:%20y?%09z");
        assertRejected("http://pos.example\r\n/a", "must have a valid host");
    }

    @Test
    void hostHeaderHasBracketsAndNoFinalDot() {
        assertThat(CallbackUrl.of("http://[2001:db8::1]/").host().inHeader()).isEqualTo("[2001:db8::1]");
        assertThat(CallbackUrl.of("http://[2001:db8::1]/").host().name()).isEqualTo("2001:db8::1");
        assertThat(CallbackUrl.of("https://pos.example./").host().inHeader()).isEqualTo("pos.example");
        assertThat(CallbackUrl.of("https://pos.example./").host().name()).isEqualTo("pos.example.");
    }

    @Test
    void schemeDecidesPortAndEncryption() {
        assertThat(CallbackUrl.of("http://pos.example/").port()).isEqualTo(80);
        assertThat(CallbackUrl.of("http://pos.example/").isEncrypted()).isFalse();
        assertThat(CallbackUrl.of("https://pos.example/").port()).isEqualTo(443);
        assertThat(CallbackUrl.of("https://pos.example/").isEncrypted()).isTrue();
    }

    private static void assertRejected(String url, String rule) {
        assertThatThrownBy(() -> CallbackUrl.of(url))
                .isInstanceOf(ApiException.class)
                .hasMessage("PosNotificationCallbackUrl " + rule);
    }
}
