package dev.terminalcloud.embedded.tls;

import java.io.IOException;
import java.io.StringWriter;
import java.io.UncheckedIOException;
import java.math.BigInteger;
import java.security.GeneralSecurityException;
import java.security.KeyStore;
import java.security.PrivateKey;
import java.security.cert.X509Certificate;
import java.util.List;
import java.util.stream.Collectors;
import javax.net.ssl.KeyManagerFactory;
import org.bouncycastle.openssl.jcajce.JcaPEMWriter;
import org.bouncycastle.util.io.pem.PemObject;

/** A certificate with its key and the authority that has signed it. */
public record TestCertificate(PrivateKey key, List<X509Certificate> chain) {
    private static final char[] PASSWORD = "password".toCharArray();

    public BigInteger serialNumber() {
        return chain.get(0).getSerialNumber();
    }

    public String chainPem() {
        return chain.stream().map(TestCertificate::pem).collect(Collectors.joining());
    }

    /** Returns PKCS#1 for RSA, as some tools still write it, and PKCS#8 for others. */
    public String keyPem() {
        return key.getAlgorithm().equals("RSA") ? pem(key) : pem(new PemObject("PRIVATE KEY", key.getEncoded()));
    }

    /** Returns the key managers of a peer that presents this certificate. */
    public KeyManagerFactory keys() {
        try {
            KeyStore store = KeyStore.getInstance("PKCS12");
            store.load(null, null);
            store.setKeyEntry("own", key, PASSWORD, chain.toArray(X509Certificate[]::new));
            KeyManagerFactory factory = KeyManagerFactory.getInstance(KeyManagerFactory.getDefaultAlgorithm());
            factory.init(store, PASSWORD);
            return factory;
        } catch (GeneralSecurityException | IOException e) {
            throw new IllegalStateException(e);
        }
    }

    static String pem(Object content) {
        StringWriter text = new StringWriter();
        try (JcaPEMWriter writer = new JcaPEMWriter(text)) {
            writer.writeObject(content);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return text.toString();
    }
}
