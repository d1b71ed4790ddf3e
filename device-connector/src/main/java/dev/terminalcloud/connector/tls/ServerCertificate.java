package dev.terminalcloud.connector.tls;

import java.security.GeneralSecurityException;
import java.security.PrivateKey;
import java.security.Signature;
import java.security.cert.X509Certificate;
import java.time.Instant;
import java.util.List;

/**
 * The certificate of this connector, with its key.
 *
 * @param chain the server's own certificate, then those that lead to its root
 */
record ServerCertificate(PrivateKey key, List<X509Certificate> chain) {
    private static final byte[] PROBE = {1, 2, 3, 4};

    ServerCertificate {
        chain = List.copyOf(chain);
    }

    /** @throws GeneralSecurityException if no client could accept it: the key belongs to another one, or it is not valid now */
    void check(Instant now) throws GeneralSecurityException {
        if (!isKeyOf(chain.get(0))) {
            throw new GeneralSecurityException(
                    "connector.tls.key is not the key of the first certificate in connector.tls.certificate-chain");
        }
        if (now.isBefore(chain.get(0).getNotBefore().toInstant()) || !now.isBefore(expiry())) {
            throw new GeneralSecurityException("connector.tls.certificate-chain is not currently valid (from %s to %s)"
                    .formatted(chain.get(0).getNotBefore().toInstant(), expiry()));
        }
    }

    /** Returns the time when the first of the chain's certificates expires. */
    Instant expiry() {
        return chain.stream()
                .map(certificate -> certificate.getNotAfter().toInstant())
                .min(Instant::compareTo)
                .orElseThrow();
    }

    private boolean isKeyOf(X509Certificate certificate) throws GeneralSecurityException {
        if (!certificate.getPublicKey().getAlgorithm().equals(key.getAlgorithm())) {
            return false;
        }
        String algorithm = key.getAlgorithm().equals("RSA") ? "SHA256withRSA" : "SHA256withECDSA";
        Signature signing = Signature.getInstance(algorithm);
        signing.initSign(key);
        signing.update(PROBE);
        byte[] signature = signing.sign();
        Signature verifying = Signature.getInstance(algorithm);
        verifying.initVerify(certificate.getPublicKey());
        verifying.update(PROBE);
        return verifying.verify(signature);
    }
}
