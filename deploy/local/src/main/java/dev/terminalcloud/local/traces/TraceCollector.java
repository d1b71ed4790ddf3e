package dev.terminalcloud.local.traces;

import com.google.protobuf.InvalidProtocolBufferException;
import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import io.opentelemetry.proto.collector.trace.v1.ExportTraceServiceRequest;
import io.opentelemetry.proto.trace.v1.ResourceSpans;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;

/** Collector of the services' traces: OTLP over HTTP with protobuf, on a free port of the loopback address. */
public final class TraceCollector implements AutoCloseable {
    private static final String PATH = "/v1/traces";
    private static final int MAX_BYTES = 8 * 1024 * 1024;

    private final RecentTraces traces = new RecentTraces();
    private final HttpServer server;

    private TraceCollector(HttpServer server) {
        this.server = server;
    }

    /** Opens the port. */
    public static TraceCollector open() {
        try {
            HttpServer server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
            TraceCollector collector = new TraceCollector(server);
            server.createContext(PATH, collector::receive);
            server.start();
            return collector;
        } catch (IOException e) {
            throw new UncheckedIOException("Failed to listen for traces", e);
        }
    }

    /** Returns the value of {@code tracing.endpoint} for the services. */
    public URI endpoint() {
        return URI.create("http://127.0.0.1:%d".formatted(server.getAddress().getPort()));
    }

    /** Returns what has arrived. */
    public RecentTraces traces() {
        return traces;
    }

    private void receive(HttpExchange exchange) throws IOException {
        try (exchange) {
            byte[] body = exchange.getRequestBody().readNBytes(MAX_BYTES + 1);
            exchange.getResponseHeaders().set("Content-Type", "application/x-protobuf");
            exchange.sendResponseHeaders(statusOf(exchange.getRequestMethod(), body), -1);
        }
    }

    private int statusOf(String method, byte[] body) {
        if (!method.equals("POST")) {
            return 405;
        }
        if (body.length > MAX_BYTES) {
            return 413;
        }
        try {
            ExportTraceServiceRequest.parseFrom(body).getResourceSpansList().forEach(this::add);
            return 200;
        } catch (InvalidProtocolBufferException e) {
            return 400;
        }
    }

    private void add(ResourceSpans spans) {
        String service = spans.getResource().getAttributesList().stream()
                .filter(attribute -> attribute.getKey().equals("service.name"))
                .map(TraceStep::textOf)
                .findFirst()
                .orElse("?");
        spans.getScopeSpansList()
                .forEach(scope -> scope.getSpansList().forEach(span -> traces.add(TraceStep.of(service, span))));
    }

    @Override
    public void close() {
        server.stop(0);
    }
}
