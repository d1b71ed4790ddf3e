package dev.terminalcloud.connector.tls;

import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.MeterRegistry;
import jakarta.inject.Singleton;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.concurrent.atomic.AtomicReference;

/** Metrics of the certificate: its remaining validity, and the failed reloads of its files. */
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

    /** Updates the gauge, which the first certificate registers: without TLS there is nothing to alert on. */
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
