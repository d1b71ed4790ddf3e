package dev.terminalcloud.local.traces;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import com.google.protobuf.ByteString;
import io.opentelemetry.proto.collector.trace.v1.ExportTraceServiceRequest;
import io.opentelemetry.proto.common.v1.AnyValue;
import io.opentelemetry.proto.common.v1.KeyValue;
import io.opentelemetry.proto.resource.v1.Resource;
import io.opentelemetry.proto.trace.v1.ResourceSpans;
import io.opentelemetry.proto.trace.v1.ScopeSpans;
import io.opentelemetry.proto.trace.v1.Span;
import io.opentelemetry.proto.trace.v1.Status;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.io.IOException;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse.BodyHandlers;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class TraceCollectorTest {
    private static final String TRACE_ID = "0af7651916cd43dd8448eb211c80319c";

    private final TraceCollector collector = TraceCollector.open();

    @AfterEach
    void close() {
        collector.close();
    }

    @Test
    void exportedSpanIsShown() throws Exception {
        byte[] exported = ExportTraceServiceRequest.newBuilder()
                .addResourceSpans(ResourceSpans.newBuilder()
                        .setResource(Resource.newBuilder().addAttributes(text("service.name", "device-connector")))
                        .addScopeSpans(ScopeSpans.newBuilder()
                                .addSpans(span("b7ad6b7169203331", "", 1_000_000, 4_000_000)
                                        .setStatus(Status.newBuilder().setCode(Status.StatusCode.STATUS_CODE_ERROR))
                                        .addAttributes(text("terminal.device.id", "7000000001"))
                                        .addAttributes(KeyValue.newBuilder()
                                                .setKey("http.response.status_code")
                                                .setValue(AnyValue.newBuilder().setIntValue(200))))
                                .addSpans(span("00f067aa0ba902b7", "b7ad6b7169203331", 500_000, 600_000))))
                .build()
                .toByteArray();

        assertThat(post(exported)).isEqualTo(200);

        JsonObject trace = collector.traces().toJson().getJsonObject(0);
        JsonArray steps = trace.getJsonArray("steps");
        assertThat(trace.getString("id")).isEqualTo(TRACE_ID);
        assertThat(steps.getJsonObject(0).getString("parentId")).isEqualTo("b7ad6b7169203331");
        assertThat(steps.getJsonObject(1).getMap())
                .containsEntry("id", "b7ad6b7169203331")
                .containsEntry("parentId", "")
                .containsEntry("service", "device-connector")
                .containsEntry("kind", "PRODUCER")
                .containsEntry("beginMicros", 1_000L)
                .containsEntry("durationMicros", 3_000L)
                .containsEntry("failed", true);
        assertThat(steps.getJsonObject(1).getJsonObject("attributes").getMap())
                .isEqualTo(Map.of("terminal.device.id", "7000000001", "http.response.status_code", "200"));
    }

    @Test
    void otherContentIsRejected() throws Exception {
        assertThat(post("no protobuf".getBytes(UTF_8))).isEqualTo(400);
        assertThat(collector.traces().toJson()).isEmpty();
    }

    @Test
    void oldestTracesMakeRoomForNewOnes() {
        RecentTraces recent = new RecentTraces();
        for (int trace = 0; trace <= RecentTraces.MAX_TRACES; trace++) {
            recent.add(step("trace-" + trace));
        }
        for (int step = 0; step <= RecentTraces.MAX_STEPS; step++) {
            recent.add(step("trace-1"));
        }

        List<String> ids = recent.toJson().stream()
                .map(trace -> ((JsonObject) trace).getString("id"))
                .toList();
        assertThat(ids)
                .hasSize(RecentTraces.MAX_TRACES)
                .startsWith("trace-" + RecentTraces.MAX_TRACES)
                .endsWith("trace-1");
        assertThat(recent.toJson().getJsonObject(RecentTraces.MAX_TRACES - 1).getJsonArray("steps"))
                .hasSize(RecentTraces.MAX_STEPS);
    }

    private int post(byte[] body) throws IOException, InterruptedException {
        return HttpClient.newHttpClient()
                .send(
                        HttpRequest.newBuilder(collector.endpoint().resolve("/v1/traces"))
                                .POST(BodyPublishers.ofByteArray(body))
                                .build(),
                        BodyHandlers.discarding())
                .statusCode();
    }

    private static Span.Builder span(String id, String parentId, long beginNanos, long endNanos) {
        return Span.newBuilder()
                .setTraceId(bytes(TRACE_ID))
                .setSpanId(bytes(id))
                .setParentSpanId(bytes(parentId))
                .setName("send device-events")
                .setKind(Span.SpanKind.SPAN_KIND_PRODUCER)
                .setStartTimeUnixNano(beginNanos)
                .setEndTimeUnixNano(endNanos);
    }

    private static KeyValue text(String key, String value) {
        return KeyValue.newBuilder()
                .setKey(key)
                .setValue(AnyValue.newBuilder().setStringValue(value))
                .build();
    }

    private static ByteString bytes(String hex) {
        return ByteString.copyFrom(HexFormat.of().parseHex(hex));
    }

    private static TraceStep step(String trace) {
        return new TraceStep(trace, "1", "", "service", "step", "CLIENT", 0, 1, false, Map.of());
    }
}
