package dev.terminalcloud.connector.tls;

import io.vertx.core.Vertx;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.net.PemKeyCertOptions;
import io.vertx.core.net.PemTrustOptions;
import java.security.GeneralSecurityException;
import java.time.Instant;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.FutureTask;
import java.util.stream.Stream;
import javax.net.ssl.X509ExtendedTrustManager;
import javax.net.ssl.X509KeyManager;

/** The parsed TLS files, checked to be usable together. */
record TlsMaterial(ServerCertificate certificate, Optional<X509ExtendedTrustManager> deviceAuthorities) {
    private static final List<String> KEY_ALGORITHMS = List.of("RSA", "EC");

    /**
     * Parses the files.
     *
     * @throws GeneralSecurityException naming the key of the configuration whose file can't be used, and why
     */
    static TlsMaterial of(TlsFiles files, Vertx vertx, Instant now) throws GeneralSecurityException {
        ServerCertificate certificate = named(
                "Invalid connector.tls.certificate-chain or connector.tls.key",
                () -> certificate(files.certificateChain(), files.key(), vertx));
        certificate.check(now);
        if (files.deviceAuthorities().isEmpty()) {
            return new TlsMaterial(certificate, Optional.empty());
        }
        Buffer bundle = files.deviceAuthorities().get();
        return new TlsMaterial(
                certificate,
                Optional.of(
                        named("Invalid connector.tls.device-ca-certificates", () -> deviceAuthorities(bundle, vertx))));
    }

    private static ServerCertificate certificate(Buffer chain, Buffer key, Vertx vertx) throws Exception {
        X509KeyManager keys = (X509KeyManager) new PemKeyCertOptions()
                .addCertValue(chain)
                .addKeyValue(key)
                .getKeyManagerFactory(vertx)
                .getKeyManagers()[0];
        String alias = KEY_ALGORITHMS.stream()
                .map(algorithm -> keys.getServerAliases(algorithm, null))
                .flatMap(aliases -> aliases == null ? Stream.empty() : Arrays.stream(aliases))
                .findFirst()
                .orElseThrow(() -> new GeneralSecurityException("Key must be RSA or EC"));
        return new ServerCertificate(keys.getPrivateKey(alias), List.of(keys.getCertificateChain(alias)));
    }

    private static X509ExtendedTrustManager deviceAuthorities(Buffer bundle, Vertx vertx) throws Exception {
        return (X509ExtendedTrustManager) new PemTrustOptions()
                .addCertValue(bundle)
                .getTrustManagerFactory(vertx)
                .getTrustManagers()[0];
    }

    /** Names the configuration key: Vert.x reports an invalid text in exceptions of several kinds, and not which text it is. */
    private static <T> T named(String what, Callable<T> reading) throws GeneralSecurityException {
        FutureTask<T> task = new FutureTask<>(reading);
        task.run();
        try {
            return task.get();
        } catch (ExecutionException e) {
            throw new GeneralSecurityException(what + ": " + e.getCause().getMessage(), e.getCause());
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new GeneralSecurityException(what, e);
        }
    }
}
