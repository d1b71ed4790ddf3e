package dev.terminalcloud.connector.session;

import static org.assertj.core.api.Assertions.assertThat;

import dev.terminalcloud.events.DeviceCommand.GrantStart;
import dev.terminalcloud.events.DeviceEvent.TransactionClaimed;
import dev.terminalcloud.tracing.SpanExport;
import dev.terminalcloud.tracing.TraceSpan;
import dev.terminalcloud.tracing.Tracing;
import io.opentelemetry.sdk.trace.SpanProcessor;
import java.util.UUID;
import org.junit.jupiter.api.Test;

class SessionTracesTest {
    private static final String DEVICE = "7000000001";
    private static final UUID SESSION = UUID.randomUUID();
    private static final String TRACE_ID = "0af7651916cd43dd8448eb211c80319c";
    private static final String COMMAND = "00-" + TRACE_ID + "-b7ad6b7169203331-01";

    private final SessionTraces traces =
            new SessionTraces(Tracing.of(SpanExport.of(SpanProcessor.composite(), "test", 1), false));

    @Test
    void messageContinuesTheTraceOfTheLastCommandAboutItsTransaction() {
        UUID transaction = UUID.randomUUID();
        deliver(transaction, COMMAND);

        assertThat(receive(transaction).traceparent()).contains(TRACE_ID);
        assertThat(receive(UUID.randomUUID()).isTraced()).isFalse();
    }

    @Test
    void untracedCommandLeavesTheTraceAsItWas() {
        UUID transaction = UUID.randomUUID();
        deliver(transaction, null);
        assertThat(receive(transaction).isTraced()).isFalse();

        deliver(transaction, COMMAND);
        deliver(transaction, null);
        assertThat(receive(transaction).isTraced()).isTrue();
    }

    @Test
    void onlyTheNewestTransactionsAreKept() {
        UUID oldest = UUID.randomUUID();
        UUID renewed = UUID.randomUUID();
        deliver(renewed, COMMAND);
        deliver(oldest, COMMAND);
        deliver(renewed, COMMAND);
        for (int other = 0; other < 3; other++) {
            deliver(UUID.randomUUID(), COMMAND);
        }

        assertThat(receive(oldest).isTraced()).isFalse();
        assertThat(receive(renewed).isTraced()).isTrue();
    }

    private void deliver(UUID transaction, String traceparent) {
        traces.deliver(new GrantStart(DEVICE, SESSION, transaction), traceparent)
                .end();
    }

    private TraceSpan receive(UUID transaction) {
        return traces.receive(new TransactionClaimed(DEVICE, SESSION, transaction));
    }
}
