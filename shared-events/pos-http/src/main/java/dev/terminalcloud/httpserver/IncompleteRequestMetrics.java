package dev.terminalcloud.httpserver;

import io.micrometer.core.instrument.FunctionCounter;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.binder.MeterBinder;
import jakarta.enterprise.context.ApplicationScoped;

/** Metrics of the requests that clients have begun and not finished. */
@ApplicationScoped
class IncompleteRequestMetrics implements MeterBinder {
    @Override
    public void bindTo(MeterRegistry registry) {
        IncompleteRequests requests = ServerConnections.REQUESTS;
        Gauge.builder("requests.incomplete", requests, IncompleteRequests::count)
                .register(registry);
        Gauge.builder("requests.incomplete.bytes", requests, IncompleteRequests::bytes)
                .register(registry);
        for (CloseReason reason : CloseReason.values()) {
            FunctionCounter.builder("requests.incomplete.closed", requests, closed -> closed.closed(reason))
                    .tag("reason", reason.label())
                    .register(registry);
        }
    }
}
