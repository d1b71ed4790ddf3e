package dev.terminalcloud.connector.fake;

import dev.terminalcloud.embedded.tls.TestAuthority;
import dev.terminalcloud.embedded.tls.TestCertificate;
import java.security.GeneralSecurityException;
import javax.net.ssl.KeyManagerFactory;
import javax.net.ssl.SSLContext;
import javax.net.ssl.TrustManagerFactory;

/**
 * TLS settings of a device.
 *
 * @param keys null if it has no certificate
 */
public record TlsPeer(TrustManagerFactory trust, KeyManagerFactory keys) {
    public static TlsPeer trusting(TestAuthority authority) {
        return new TlsPeer(authority.trust(), null);
    }

    public TlsPeer showing(TestCertificate certificate) {
        return new TlsPeer(trust, certificate.keys());
    }

    /** Caches its TLS sessions: a second connection may resume the first one's. */
    public SSLContext context() {
        try {
            SSLContext context = SSLContext.getInstance("TLS");
            context.init(keys == null ? null : keys.getKeyManagers(), trust.getTrustManagers(), null);
            return context;
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException(e);
        }
    }
}
