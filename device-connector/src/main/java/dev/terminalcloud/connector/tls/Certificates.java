package dev.terminalcloud.connector.tls;

import dev.terminalcloud.connector.ConnectorConfiguration;
import dev.terminalcloud.connector.ConnectorConfiguration.DeviceClientAuth;
import dev.terminalcloud.connector.ConnectorConfiguration.Tls;
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
 * This connector's certificate and the authorities of its devices, as TLS uses them for each new connection. Connections
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
     * Reads the files, and from then on looks for changes of what is in them; does nothing without TLS. Fails if the files
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

    /** Looks for changes no more. */
    public void stop() {
        vertx.cancelTimer(timer);
    }

    /** Lets a server speak TLS, and ask for certificates of devices if it is configured. */
    public void secure(NetServerOptions options, Duration timeToConnect) {
        options.setSslHandshakeTimeoutUnit(TimeUnit.MILLISECONDS);
        options.setSslHandshakeTimeout(timeToConnect.toMillis());
        options.setSsl(true).setKeyCertOptions(KeyCertOptions.wrap(certificate));
        if (configuration.deviceCaCertificates().isPresent()) {
            boolean required = configuration.clientAuth() == DeviceClientAuth.REQUIRED;
            options.setTrustOptions(TrustOptions.wrap(authorities))
                    .setClientAuth(required ? ClientAuth.REQUIRED : ClientAuth.REQUEST);
        }
    }

    /** What the device showed in the handshake; empty if it showed nothing, or if there was no handshake. */
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

    /** Taken when two looks in a row saw the same: else a chain could be read with the key that is being replaced. */
    private synchronized void installIfChanged() throws IOException, GeneralSecurityException {
        warnIfDue();
        TlsFiles now = TlsFiles.read(configuration);
        boolean unchanged = now.equals(lastRead);
        lastRead = now;
        if (now.equals(installed)) {
            problem = "";
        } else if (unchanged) {
            install(now);
            LOG.infof("the TLS files have changed: new connections get what is in them");
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
                    "the TLS certificate expires at %s: put a new one into connector.tls.certificate-chain and its key"
                            + " into connector.tls.key",
                    expiryWarning.expiry());
        }
    }

    /** Counted at each look, said once. */
    private synchronized void keepCurrent(Throwable failure) {
        metrics.reloadFailed();
        if (!problem.equals(failure.toString())) {
            problem = failure.toString();
            LOG.errorf(
                    failure,
                    "the changed TLS files can't be used, the present certificate stays: correct them, they are looked"
                            + " at every %d s reason=%s",
                    configuration.reloadPeriod().toSeconds(),
                    failure.getMessage());
        }
    }
}
