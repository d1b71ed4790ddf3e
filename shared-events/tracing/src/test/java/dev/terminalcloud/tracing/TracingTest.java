package dev.terminalcloud.tracing;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.terminalcloud.events.DeviceCommand.GrantStart;
import io.opentelemetry.api.trace.SpanContext;
import io.opentelemetry.sdk.testing.exporter.InMemorySpanExporter;
import io.opentelemetry.sdk.trace.data.SpanData;
import io.opentelemetry.sdk.trace.export.SimpleSpanProcessor;
import java.net.URI;
import java.util.Optional;
import java.util.UUID;
import org.apache.kafka.common.header.Headers;
import org.apache.kafka.common.header.internals.RecordHeaders;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class TracingTest {
    private static final String TRACE_ID = "0af7651916cd43dd8448eb211c80319c";
    private static final String SPAN_ID = "b7ad6b7169203331";
    private static final String SAMPLED = "00-" + TRACE_ID + "-" + SPAN_ID + "-01";
    private static final String UNSAMPLED = "00-" + TRACE_ID + "-" + SPAN_ID + "-00";

    private final InMemorySpanExporter exported = InMemorySpanExporter.create();
    private final Tracing tracing = tracing(1, false);

    @Test
    void headerIsTheSameAfterParsing() {
        assertThat(TraceParent.format(TraceParent.parse(SAMPLED))).isEqualTo(SAMPLED);
        assertThat(TraceParent.format(TraceParent.parse(UNSAMPLED))).isEqualTo(UNSAMPLED);
    }

    @Test
    void headerNamesTheSpanForWhatFollows() {
        TraceSpan request = tracing.request("POST", "/POS/Transaction", null);
        tracing.send("device-commands", request.traceparent()).end();
        request.end();

        assertThat(span("send device-commands").getParentSpanContext().getSpanId())
                .isEqualTo(span("POST /POS/Transaction").getSpanId());
        assertThat(span("send device-commands").getTraceId())
                .isEqualTo(span("POST /POS/Transaction").getTraceId());
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "-",
                "00",
                "00-0af7651916cd43dd8448eb211c80319c-b7ad6b7169203331",
                "00-00000000000000000000000000000000-b7ad6b7169203331-01",
                "00-0af7651916cd43dd8448eb211c80319c-0000000000000000-01",
                "00-0AF7651916CD43DD8448EB211C80319C-b7ad6b7169203331-01",
                "00-0af7651916cd43dd8448eb211c80319c-b7ad6b7169203331-01-more",
                "ff-0af7651916cd43dd8448eb211c80319c-b7ad6b7169203331-01",
                "00-0af7651916cd43dd8448eb211c8031\u0000\u00e4-b7ad6b7169203331-01"
            })
    void malformedHeaderIsIgnored(String header) {
        assertThat(TraceParent.parse(header)).isEqualTo(SpanContext.getInvalid());
        assertThat(tracing.send("device-commands", header)).isSameAs(TraceSpan.NONE);
        assertThat(tracing.process("device-commands", headers(header))).isSameAs(TraceSpan.NONE);
        tracing.request("POST", "/POS/Transaction", header).end();
        assertThat(span("POST /POS/Transaction").getLinks()).isEmpty();
    }

    @Test
    void recordWithoutHeaderBeginsNoTrace() {
        assertThat(tracing.process("device-events", new RecordHeaders())).isSameAs(TraceSpan.NONE);
        Headers empty = new RecordHeaders();
        empty.add(TraceParent.HEADER, null);
        assertThat(tracing.process("device-events", empty)).isSameAs(TraceSpan.NONE);
    }

    @Test
    void recordHasTheHeaderOfItsStep() {
        Headers headers = new RecordHeaders();
        Tracing.write(SAMPLED, headers);
        tracing.process("device-events", headers).end();

        assertThat(span("process device-events").getTraceId()).isEqualTo(TRACE_ID);
        assertThat(span("process device-events").getParentSpanId()).isEqualTo(SPAN_ID);
    }

    @Test
    void callerIsLinkedAndDecidesNothing() {
        tracing(0, false).request("POST", "/POS/Transaction", SAMPLED).end();
        assertThat(exported.getFinishedSpanItems()).isEmpty();

        tracing.request("POST", "/POS/Transaction", UNSAMPLED).end();
        SpanData span = span("POST /POS/Transaction");
        assertThat(span.getTraceId()).isNotEqualTo(TRACE_ID);
        assertThat(span.getParentSpanContext().isValid()).isFalse();
        assertThat(span.getLinks())
                .extracting(link -> link.getSpanContext().getTraceId())
                .containsExactly(TRACE_ID);
    }

    @Test
    void trustedCallerIsContinuedAndDecides() {
        Tracing trusting = tracing(0, true);
        trusting.request("POST", "/POS/Transaction", SAMPLED).end();
        assertThat(span("POST /POS/Transaction").getTraceId()).isEqualTo(TRACE_ID);
        assertThat(span("POST /POS/Transaction").getParentSpanId()).isEqualTo(SPAN_ID);

        assertThat(tracing(1, true).request("POST", "/POS/Transaction", UNSAMPLED))
                .isSameAs(TraceSpan.NONE);
    }

    @Test
    void stepOfAnUnsampledRequestIsNotTraced() {
        TraceSpan request = tracing(0, false).request("POST", "/POS/Transaction", null);

        assertThat(request.isTraced()).isFalse();
        assertThat(request.traceparent()).isNull();
        assertThat(tracing.send("device-commands", request.traceparent())).isSameAs(TraceSpan.NONE);
    }

    @Test
    void stepNamesDeviceAndTransaction() {
        UUID transaction = UUID.randomUUID();
        tracing.send("device-commands", SAMPLED)
                .about(new GrantStart("7000000001", UUID.randomUUID(), transaction))
                .end();

        assertThat(span("send device-commands").getAttributes().asMap())
                .anySatisfy((key, value) -> {
                    assertThat(key.getKey()).isEqualTo("terminal.transaction.id");
                    assertThat(value).isEqualTo(transaction.toString());
                })
                .anySatisfy((key, value) -> {
                    assertThat(key.getKey()).isEqualTo("terminal.device.id");
                    assertThat(value).isEqualTo("7000000001");
                });
    }

    @Test
    void failureIsRecordedWithoutItsText() {
        tracing.call("POST callback", SAMPLED).end(new IllegalStateException("https://user:secret@host"));

        assertThat(span("POST callback").toString())
                .contains("IllegalStateException")
                .doesNotContain("secret");
    }

    @Test
    void withoutEndpointNothingIsTraced() {
        Tracing off = new Tracing(configuration(Optional.empty(), 1), "test");

        assertThat(off.isOn()).isFalse();
        assertThat(off.request("POST", "/POS/Transaction", SAMPLED)).isSameAs(TraceSpan.NONE);
        assertThat(off.send("device-commands", SAMPLED)).isSameAs(TraceSpan.NONE);
        assertThat(off.process("device-commands", headers(SAMPLED))).isSameAs(TraceSpan.NONE);
        off.close();
    }

    @Test
    void invalidValueIsRejectedWithItsKey() {
        assertThatThrownBy(() -> new Tracing(configuration(Optional.empty(), 1.5), "test"))
                .hasMessageContaining("tracing.ratio");
        assertThatThrownBy(() -> new Tracing(configuration(Optional.empty(), Double.NaN), "test"))
                .hasMessageContaining("tracing.ratio");
        assertThatThrownBy(() -> new Tracing(configuration(Optional.of(URI.create("collector:4318")), 1), "test"))
                .hasMessageContaining("tracing.endpoint");
    }

    private Tracing tracing(double ratio, boolean trustsCallers) {
        return Tracing.of(SpanExport.of(SimpleSpanProcessor.create(exported), "test", ratio), trustsCallers);
    }

    private SpanData span(String name) {
        return exported.getFinishedSpanItems().stream()
                .filter(span -> span.getName().equals(name))
                .reduce((earlier, later) -> later)
                .orElseThrow();
    }

    private static Headers headers(String traceparent) {
        Headers headers = new RecordHeaders();
        headers.add(TraceParent.HEADER, traceparent.getBytes(UTF_8));
        return headers;
    }

    private static TracingConfiguration configuration(Optional<URI> endpoint, double ratio) {
        return new TracingConfiguration() {
            @Override
            public Optional<URI> endpoint() {
                return endpoint;
            }

            @Override
            public double ratio() {
                return ratio;
            }

            @Override
            public boolean trustCallers() {
                return false;
            }
        };
    }
}
