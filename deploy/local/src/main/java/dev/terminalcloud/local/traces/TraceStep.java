package dev.terminalcloud.local.traces;

import com.google.protobuf.ByteString;
import io.opentelemetry.proto.common.v1.AnyValue;
import io.opentelemetry.proto.common.v1.KeyValue;
import io.opentelemetry.proto.trace.v1.Span;
import io.opentelemetry.proto.trace.v1.Status.StatusCode;
import io.vertx.core.json.JsonObject;
import java.util.HexFormat;
import java.util.Map;
import java.util.TreeMap;

/**
 * One step of a trace, as a service has sent it.
 *
 * @param parentId empty for the first step
 * @param beginMicros since the epoch
 */
record TraceStep(
        String traceId,
        String id,
        String parentId,
        String service,
        String name,
        String kind,
        long beginMicros,
        long durationMicros,
        boolean failed,
        Map<String, String> attributes) {
    private static final long NANOS_PER_MICRO = 1_000;

    static TraceStep of(String service, Span span) {
        Map<String, String> attributes = new TreeMap<>();
        span.getAttributesList().forEach(attribute -> attributes.put(attribute.getKey(), textOf(attribute)));
        return new TraceStep(
                hex(span.getTraceId()),
                hex(span.getSpanId()),
                hex(span.getParentSpanId()),
                service,
                span.getName(),
                span.getKind().name().replace("SPAN_KIND_", ""),
                span.getStartTimeUnixNano() / NANOS_PER_MICRO,
                (span.getEndTimeUnixNano() - span.getStartTimeUnixNano()) / NANOS_PER_MICRO,
                span.getStatus().getCode() == StatusCode.STATUS_CODE_ERROR,
                attributes);
    }

    JsonObject toJson() {
        JsonObject json = new JsonObject()
                .put("id", id)
                .put("parentId", parentId)
                .put("service", service)
                .put("name", name)
                .put("kind", kind)
                .put("beginMicros", beginMicros)
                .put("durationMicros", durationMicros)
                .put("failed", failed);
        JsonObject named = new JsonObject();
        attributes.forEach(named::put);
        return json.put("attributes", named);
    }

    static String textOf(KeyValue attribute) {
        AnyValue value = attribute.getValue();
        return value.hasIntValue() ? Long.toString(value.getIntValue()) : value.getStringValue();
    }

    private static String hex(ByteString id) {
        return HexFormat.of().formatHex(id.toByteArray());
    }
}
