package dev.terminalcloud.connector.tls;

import java.security.cert.X509Certificate;
import java.util.List;
import java.util.Optional;
import javax.naming.InvalidNameException;
import javax.naming.ldap.LdapName;
import javax.naming.ldap.Rdn;

/**
 * Identity proved by the certificate that a device presented in the TLS handshake.
 *
 * @param commonName the only common name of its subject; empty if it is not trusted now or has none or several
 */
public record PeerCertificate(Optional<String> commonName) {
    static PeerCertificate trusted(X509Certificate certificate) {
        return new PeerCertificate(commonNameOf(certificate));
    }

    static PeerCertificate untrusted() {
        return new PeerCertificate(Optional.empty());
    }

    /** Returns whether it proves that its holder is this device. */
    public boolean identifies(String deviceId) {
        return commonName.filter(deviceId::equals).isPresent();
    }

    private static Optional<String> commonNameOf(X509Certificate certificate) {
        try {
            List<String> names = new LdapName(
                            certificate.getSubjectX500Principal().getName())
                    .getRdns().stream()
                            .filter(part -> part.size() == 1 && part.getType().equalsIgnoreCase("CN"))
                            .map(Rdn::getValue)
                            .map(Object::toString)
                            .toList();
            return names.size() == 1 ? Optional.of(names.get(0)) : Optional.empty();
        } catch (InvalidNameException e) {
            return Optional.empty();
        }
    }
}
