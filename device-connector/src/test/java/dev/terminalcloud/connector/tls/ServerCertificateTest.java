package dev.terminalcloud.connector.tls;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.terminalcloud.embedded.tls.TestAuthority;
import dev.terminalcloud.embedded.tls.TestCertificate;
import java.security.GeneralSecurityException;
import java.security.KeyPairGenerator;
import java.security.PrivateKey;
import java.security.cert.X509Certificate;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.Test;

class ServerCertificateTest {
    private static final Instant EXPIRY = Instant.parse("2030-03-15T12:00:00Z");

    private final TestAuthority authority = new TestAuthority("Test");
    private final TestCertificate certified = authority.certify("CN=connector", EXPIRY.plusSeconds(1));
    private final List<X509Certificate> chain = List.of(
            certified.chain().get(0),
            authority.certify("CN=intermediate", EXPIRY).chain().get(0));
    private final ServerCertificate certificate = new ServerCertificate(certified.key(), chain);

    @Test
    void certificateWithItsKeyIsGoodUntilTheFirstOfTheChainExpires() {
        assertThat(certificate.expiry()).isEqualTo(EXPIRY);
        assertThatCode(() -> certificate.check(EXPIRY.minusSeconds(1))).doesNotThrowAnyException();
        assertThatThrownBy(() -> certificate.check(EXPIRY))
                .isInstanceOf(GeneralSecurityException.class)
                .hasMessageStartingWith("connector.tls.certificate-chain is not currently valid (from ");
    }

    @Test
    void certificateOfTheFutureIsRefused() {
        assertThatThrownBy(() -> certificate.check(EXPIRY.minus(Duration.ofDays(32))))
                .isInstanceOf(GeneralSecurityException.class);
    }

    @Test
    void keyOfAnotherIsRefused() throws GeneralSecurityException {
        TestCertificate other = authority.certify("CN=connector", EXPIRY);
        KeyPairGenerator rsa = KeyPairGenerator.getInstance("RSA");
        rsa.initialize(2048);

        for (PrivateKey key : List.of(other.key(), rsa.generateKeyPair().getPrivate())) {
            assertThatThrownBy(() -> new ServerCertificate(key, chain).check(EXPIRY.minusSeconds(1)))
                    .isInstanceOf(GeneralSecurityException.class)
                    .hasMessageStartingWith("connector.tls.key is not the key of ");
        }
    }
}
