package dev.terminalcloud.tracing;

import io.smallrye.config.ConfigMapping;
import io.smallrye.config.WithDefault;
import java.net.URI;
import java.util.Optional;

/** Configuration of traces, the same for each service. Without an endpoint nothing is traced. */
@ConfigMapping(prefix = "tracing")
public interface TracingConfiguration {

    /** Base URL of the OpenTelemetry collector, without {@code /v1/traces}: OTLP over HTTP with protobuf. Empty switches traces off. */
    Optional<URI> endpoint();

    /** Share of the requests that are traced, 0 to 1. Each step that follows from a request is traced if the request is. */
    @WithDefault("0.01")
    double ratio();

    /**
     * Continues a {@code traceparent} header of a request, its sampling decision included. Only for gateways that replace what
     * clients send: otherwise any client decides what is traced.
     */
    @WithDefault("false")
    boolean trustCallers();
}
