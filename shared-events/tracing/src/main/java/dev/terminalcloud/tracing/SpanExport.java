package dev.terminalcloud.tracing;

import io.opentelemetry.api.common.AttributeKey;
import io.opentelemetry.api.trace.Tracer;
import io.opentelemetry.exporter.otlp.http.trace.OtlpHttpSpanExporter;
import io.opentelemetry.sdk.resources.Resource;
import io.opentelemetry.sdk.trace.SdkTracerProvider;
import io.opentelemetry.sdk.trace.SpanProcessor;
import io.opentelemetry.sdk.trace.export.BatchSpanProcessor;
import io.opentelemetry.sdk.trace.samplers.Sampler;
import java.net.URI;
import java.time.Duration;
import java.util.Optional;
import java.util.UUID;
import java.util.concurrent.TimeUnit;

/** The sampling of spans and their way to a collector. Its classes are loaded only if there is one. */
public final class SpanExport {
    private static final Duration DELAY = Duration.ofSeconds(1);
    private static final Duration TIMEOUT = Duration.ofSeconds(5);
    private static final int MAX_QUEUED = 8192;
    private static final long CLOSE_SECONDS = 2;

    private final SdkTracerProvider provider;

    private SpanExport(SdkTracerProvider provider) {
        this.provider = provider;
    }

    /**
     * Begins to export in batches, by OTLP over HTTP with protobuf.
     *
     * @return empty without an endpoint
     * @throws IllegalArgumentException if a value is invalid; the text names the key
     */
    static Optional<SpanExport> begin(TracingConfiguration configuration, String service) {
        if (!(configuration.ratio() >= 0 && configuration.ratio() <= 1)) {
            throw new IllegalArgumentException("tracing.ratio must be between 0 and 1, was " + configuration.ratio());
        }
        return configuration.endpoint().map(endpoint -> of(batches(endpoint), service, configuration.ratio()));
    }

    /**
     * Returns an export through this processor.
     *
     * @param ratio the share of the traces that begin here and are exported; a step of a trace that began elsewhere is exported if the
     *     step before it was
     */
    public static SpanExport of(SpanProcessor processor, String service, double ratio) {
        return new SpanExport(SdkTracerProvider.builder()
                .setResource(Resource.getDefault().toBuilder()
                        .put(AttributeKey.stringKey("service.name"), service)
                        .put(
                                AttributeKey.stringKey("service.instance.id"),
                                UUID.randomUUID().toString())
                        .build())
                .setSampler(Sampler.parentBased(Sampler.traceIdRatioBased(ratio)))
                .addSpanProcessor(processor)
                .build());
    }

    private static SpanProcessor batches(URI endpoint) {
        if (!"http".equals(endpoint.getScheme()) && !"https".equals(endpoint.getScheme())) {
            throw new IllegalArgumentException("tracing.endpoint must be a URL with http or https, was " + endpoint);
        }
        return BatchSpanProcessor.builder(OtlpHttpSpanExporter.builder()
                        .setEndpoint(endpoint.toString().replaceFirst("/+$", "") + "/v1/traces")
                        .setTimeout(TIMEOUT)
                        .build())
                .setScheduleDelay(DELAY)
                .setMaxQueueSize(MAX_QUEUED)
                .build();
    }

    Tracer tracer() {
        return provider.get("dev.terminalcloud");
    }

    void close() {
        var unused = provider.shutdown().join(CLOSE_SECONDS, TimeUnit.SECONDS);
    }
}
