package dev.terminalcloud.connector.tls;

import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.MeterRegistry;
import jakarta.inject.Singleton;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.concurrent.atomic.AtomicReference;

/** How long the certificate is still valid, and how often its files could not be used. */
@Singleton
class CertificateMetrics {
    private final MeterRegistry meters;
    private final Clock clock;
    private final Counter reloadFailures;
    private final AtomicReference<Instant> expiry = new AtomicReference<>();

    CertificateMetrics(MeterRegistry meters, Clock clock) {
        this.meters = meters;
        this.clock = clock;
        this.reloadFailures = meters.counter("connector.tls.reload.failures");
    }

    /** The gauge is there from the first certificate on: without TLS there is nothing to alert of. */
    void expiry(Instant next) {
        if (expiry.getAndSet(next) == null) {
            meters.gauge("connector.tls.certificate.remaining.seconds", this, CertificateMetrics::remainingSeconds);
        }
    }

    void reloadFailed() {
        reloadFailures.increment();
    }

    private long remainingSeconds() {
        return Duration.between(clock.instant(), expiry.get()).toSeconds();
    }
}
