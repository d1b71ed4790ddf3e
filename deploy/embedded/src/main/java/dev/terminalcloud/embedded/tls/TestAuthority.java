package dev.terminalcloud.embedded.tls;

import java.io.IOException;
import java.math.BigInteger;
import java.security.GeneralSecurityException;
import java.security.KeyPair;
import java.security.KeyPairGenerator;
import java.security.KeyStore;
import java.security.cert.X509Certificate;
import java.time.Duration;
import java.time.Instant;
import java.util.Date;
import java.util.List;
import java.util.concurrent.ThreadLocalRandom;
import javax.net.ssl.TrustManagerFactory;
import org.bouncycastle.asn1.x500.X500Name;
import org.bouncycastle.asn1.x509.BasicConstraints;
import org.bouncycastle.asn1.x509.Extension;
import org.bouncycastle.asn1.x509.GeneralName;
import org.bouncycastle.asn1.x509.GeneralNames;
import org.bouncycastle.cert.jcajce.JcaX509CertificateConverter;
import org.bouncycastle.cert.jcajce.JcaX509v3CertificateBuilder;
import org.bouncycastle.operator.OperatorCreationException;
import org.bouncycastle.operator.jcajce.JcaContentSignerBuilder;

/** A CA for certificates of servers and devices; only tests and local stacks trust it. */
public final class TestAuthority {
    private static final Duration VALIDITY = Duration.ofDays(30);
    private static final int EC_SIZE = 256;
    private static final int RSA_SIZE = 2_048;

    private final KeyPair keys = newKeys("EC", EC_SIZE);
    private final X500Name name;
    private final X509Certificate certificate;

    public TestAuthority(String name) {
        this.name = new X500Name("CN=" + name);
        this.certificate = sign(this.name, keys, Instant.now().plus(VALIDITY), true);
    }

    /** Issues a certificate of a server at 127.0.0.1 or of a device, valid for 30 days. */
    public TestCertificate certify(String subject) {
        return certify(subject, Instant.now().plus(VALIDITY));
    }

    public TestCertificate certify(String subject, Instant expiry) {
        return certify(subject, newKeys("EC", EC_SIZE), expiry);
    }

    /** Issues a certificate as {@link #certify(String)} does, with an RSA key. */
    public TestCertificate certifyRsa(String subject) {
        return certify(subject, newKeys("RSA", RSA_SIZE), Instant.now().plus(VALIDITY));
    }

    private TestCertificate certify(String subject, KeyPair ownKeys, Instant expiry) {
        return new TestCertificate(
                ownKeys.getPrivate(), List.of(sign(new X500Name(subject), ownKeys, expiry, false), certificate));
    }

    public String pem() {
        return TestCertificate.pem(certificate);
    }

    /** Returns the trust managers of a peer that trusts this CA. */
    public TrustManagerFactory trust() {
        try {
            KeyStore store = KeyStore.getInstance("PKCS12");
            store.load(null, null);
            store.setCertificateEntry("authority", certificate);
            TrustManagerFactory factory = TrustManagerFactory.getInstance(TrustManagerFactory.getDefaultAlgorithm());
            factory.init(store);
            return factory;
        } catch (GeneralSecurityException | IOException e) {
            throw new IllegalStateException(e);
        }
    }

    private X509Certificate sign(X500Name subject, KeyPair subjectKeys, Instant expiry, boolean authority) {
        try {
            JcaX509v3CertificateBuilder builder = new JcaX509v3CertificateBuilder(
                    name,
                    BigInteger.valueOf(ThreadLocalRandom.current().nextLong(1, Long.MAX_VALUE)),
                    Date.from(expiry.minus(VALIDITY).minus(Duration.ofDays(1))),
                    Date.from(expiry),
                    subject,
                    subjectKeys.getPublic());
            builder.addExtension(Extension.basicConstraints, true, new BasicConstraints(authority));
            builder.addExtension(
                    Extension.subjectAlternativeName,
                    false,
                    new GeneralNames(new GeneralName(GeneralName.iPAddress, "127.0.0.1")));
            return new JcaX509CertificateConverter()
                    .getCertificate(
                            builder.build(new JcaContentSignerBuilder("SHA256withECDSA").build(keys.getPrivate())));
        } catch (GeneralSecurityException | OperatorCreationException | IOException e) {
            throw new IllegalStateException(e);
        }
    }

    private static KeyPair newKeys(String algorithm, int size) {
        try {
            KeyPairGenerator generator = KeyPairGenerator.getInstance(algorithm);
            generator.initialize(size);
            return generator.generateKeyPair();
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException(e);
        }
    }
}
