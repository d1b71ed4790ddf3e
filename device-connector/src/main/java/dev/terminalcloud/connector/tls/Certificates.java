package dev.terminalcloud.connector.tls;

import dev.terminalcloud.connector.config.ConnectorConfiguration;
import dev.terminalcloud.connector.config.ConnectorConfiguration.DeviceClientAuth;
import dev.terminalcloud.connector.config.ConnectorConfiguration.Tls;
import dev.terminalcloud.network.TlsCipherSuite;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import io.vertx.core.http.ClientAuth;
import io.vertx.core.net.KeyCertOptions;
import io.vertx.core.net.NetServerOptions;
import io.vertx.core.net.TrustOptions;
import jakarta.inject.Singleton;
import java.io.IOException;
import java.security.GeneralSecurityException;
import java.security.cert.Certificate;
import java.security.cert.X509Certificate;
import java.time.Clock;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import javax.net.ssl.SSLPeerUnverifiedException;
import javax.net.ssl.SSLSession;
import org.jboss.logging.Logger;

/**
 * This connector's certificate and the CA certificates of its devices, as TLS uses them for each new connection. Connections
 * that are open stay as they are when the files change.
 */
@Singleton
public class Certificates {
    private static final Logger LOG = Logger.getLogger(Certificates.class);

    private final Vertx vertx;
    private final Tls configuration;
    private final Clock clock;
    private final CertificateMetrics metrics;
    private final ReloadableKeyStore certificate = new ReloadableKeyStore();
    private final ReloadableTrustStore authorities = new ReloadableTrustStore();
    private ExpiryWarning expiryWarning;
    private TlsFiles installed;
    private TlsFiles lastRead;
    private String problem = "";
    private volatile long timer = -1;

    Certificates(Vertx vertx, ConnectorConfiguration configuration, Clock clock, CertificateMetrics metrics) {
        this.vertx = vertx;
        this.configuration = configuration.tls();
        this.clock = clock;
        this.metrics = metrics;
    }

    /**
     * Reads the files, and from then on checks their contents for changes; does nothing without TLS. Fails if the files
     * can't be used.
     */
    public Future<Void> load() {
        if (!configuration.isOn()) {
            return Future.succeededFuture();
        }
        return vertx.executeBlocking(() -> {
                    install(TlsFiles.read(configuration));
                    return null;
                })
                .onSuccess(unused -> scheduleReload())
                .mapEmpty();
    }

    /** Stops checking for changes. */
    public void stop() {
        vertx.cancelTimer(timer);
    }

    /** Configures a server for TLS with {@link TlsCipherSuite}, and to request certificates of devices if CA certificates are configured. */
    public void secure(NetServerOptions options, Duration connectTimeout) {
        options.setSslHandshakeTimeoutUnit(TimeUnit.MILLISECONDS);
        options.setSslHandshakeTimeout(connectTimeout.toMillis());
        options.setSsl(true).setKeyCertOptions(KeyCertOptions.wrap(certificate));
        options.setEnabledSecureTransportProtocols(TlsCipherSuite.PROTOCOLS);
        TlsCipherSuite.names().forEach(options::addEnabledCipherSuite);
        if (configuration.deviceCaCertificates().isPresent()) {
            boolean required = configuration.clientAuth() == DeviceClientAuth.REQUIRED;
            options.setTrustOptions(TrustOptions.wrap(authorities))
                    .setClientAuth(required ? ClientAuth.REQUIRED : ClientAuth.REQUEST);
        }
    }

    /** Returns the certificate that the device presented in the TLS handshake; empty if it presented none, or without TLS. */
    public Optional<PeerCertificate> peerCertificate(SSLSession session) {
        if (session == null || configuration.deviceCaCertificates().isEmpty()) {
            return Optional.empty();
        }
        try {
            List<X509Certificate> chain = x509(session.getPeerCertificates());
            return Optional.of(
                    authorities.isTrusted(chain) ? PeerCertificate.trusted(chain.get(0)) : PeerCertificate.untrusted());
        } catch (SSLPeerUnverifiedException e) {
            return Optional.empty();
        }
    }

    private static List<X509Certificate> x509(Certificate[] chain) {
        return Arrays.stream(chain).map(X509Certificate.class::cast).toList();
    }

    private void scheduleReload() {
        timer = vertx.setPeriodic(configuration.reloadPeriod().toMillis(), tick -> reload());
    }

    private void reload() {
        vertx.executeBlocking(() -> {
                    installIfChanged();
                    return null;
                })
                .onFailure(this::keepCurrent);
    }

    /** Installs a change once two checks in a row read it: otherwise a chain could be read with the key that it replaces. */
    private synchronized void installIfChanged() throws IOException, GeneralSecurityException {
        warnIfDue();
        TlsFiles now = TlsFiles.read(configuration);
        boolean unchanged = now.equals(lastRead);
        lastRead = now;
        if (now.equals(installed)) {
            problem = "";
        } else if (unchanged) {
            install(now);
            LOG.infof("TLS files reloaded for new connections");
        }
    }

    private synchronized void install(TlsFiles files) throws GeneralSecurityException {
        TlsMaterial material = TlsMaterial.of(files, vertx, clock.instant());
        certificate.replace(material.certificate());
        material.deviceAuthorities().ifPresent(authorities::replace);
        metrics.expiry(material.certificate().expiry());
        expiryWarning = new ExpiryWarning(material.certificate().expiry());
        warnIfDue();
        installed = files;
        problem = "";
    }

    private void warnIfDue() {
        if (expiryWarning.isDue(clock.instant())) {
            LOG.warnf(
                    "TLS certificate expires soon. Replace connector.tls.certificate-chain and"
                            + " connector.tls.key: expiresAt=%s",
                    expiryWarning.expiry());
        }
    }

    /** Counts the failure at each check, and logs it once. */
    private synchronized void keepCurrent(Throwable failure) {
        metrics.reloadFailed();
        if (!problem.equals(failure.toString())) {
            problem = failure.toString();
            LOG.errorf(
                    failure,
                    "Failed to reload TLS files, keeping the current certificate: retryInSeconds=%d reason=%s",
                    configuration.reloadPeriod().toSeconds(),
                    failure.getMessage());
        }
    }
}
