package dev.terminalcloud.posapi;

import dev.terminalcloud.tracing.TraceSpan;
import dev.terminalcloud.tracing.Tracing;
import io.vertx.ext.web.RoutingContext;
import jakarta.enterprise.context.ApplicationScoped;

/** The traces of POS requests that change something. Polls are not traced: they are many, and their URLs have tokens. */
@ApplicationScoped
public class RequestTraces {
    private final Tracing tracing;

    RequestTraces(Tracing tracing) {
        this.tracing = tracing;
    }

    /**
     * Begins the trace of a request; the step ends with the response, or with the connection. The request's log lines name it.
     *
     * @param route the path with the names of its variables, in curly brackets
     */
    public TraceSpan begin(RoutingContext exchange, String route) {
        if (!tracing.isOn()) {
            return TraceSpan.NONE;
        }
        TraceSpan step = tracing.request(
                exchange.request().method().name(), route, exchange.request().getHeader("traceparent"));
        if (step.isTraced()) {
            step.markLogs();
            exchange.addEndHandler(ended -> {
                step.withStatus(exchange.response().getStatusCode());
                step.end(ended.cause());
            });
        }
        return step;
    }
}
