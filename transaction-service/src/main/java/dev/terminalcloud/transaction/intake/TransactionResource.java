package dev.terminalcloud.transaction.intake;

import dev.terminalcloud.callbackurl.CallbackTargets;
import dev.terminalcloud.posapi.CardDataFilter;
import dev.terminalcloud.posapi.PairingToken;
import dev.terminalcloud.posapi.PosParameters;
import dev.terminalcloud.posapi.RequestTraces;
import dev.terminalcloud.tracing.TraceAttribute;
import dev.terminalcloud.tracing.TraceSpan;
import dev.terminalcloud.transaction.TransactionConfiguration;
import dev.terminalcloud.transaction.idempotency.IdempotencyKey;
import dev.terminalcloud.transaction.lifecycle.Transaction;
import dev.terminalcloud.transaction.polling.Envelope;
import dev.terminalcloud.transaction.subscription.ChangeSubscription;
import dev.terminalcloud.transaction.subscription.PrecedingSteps;
import io.smallrye.mutiny.Uni;
import io.vertx.ext.web.RoutingContext;
import jakarta.ws.rs.Consumes;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.Context;
import jakarta.ws.rs.core.MediaType;
import java.util.Optional;
import org.jboss.logging.Logger;
import org.jboss.resteasy.reactive.server.Cancellable;

/** {@code POST /POS/Transaction}: starts a transaction (POS API, section 3). */
@Path("/")
public class TransactionResource {
    private static final Logger LOG = Logger.getLogger(TransactionResource.class);

    private final CardDataFilter cardData;
    private final StartRateLimiter limit;
    private final PairingTokenPolicy tokens;
    private final IdempotentIntake intake;
    private final HeldRequests held;
    private final RepeatedStart repeatedStart;
    private final SaleDataWarnings warnings;
    private final CallbackTargets targets;
    private final TransactionConfiguration config;
    private final RequestTraces traces;

    TransactionResource(
            CardDataFilter cardData,
            StartRateLimiter limit,
            PairingTokenPolicy tokens,
            IdempotentIntake intake,
            HeldRequests held,
            RepeatedStart repeatedStart,
            SaleDataWarnings warnings,
            CallbackTargets targets,
            TransactionConfiguration config,
            RequestTraces traces) {
        this.cardData = cardData;
        this.limit = limit;
        this.tokens = tokens;
        this.intake = intake;
        this.held = held;
        this.repeatedStart = repeatedStart;
        this.warnings = warnings;
        this.targets = targets;
        this.config = config;
        this.traces = traces;
    }

    /** Starts a transaction; a client that disconnects does not affect it. */
    @POST
    @Path("/{pos:(?i:pos)}/{transaction:(?i:transaction)}")
    @Cancellable(false)
    @Consumes(MediaType.WILDCARD)
    @Produces(MediaType.APPLICATION_JSON)
    public Uni<Envelope> start(@Context RoutingContext exchange) {
        TraceSpan step = traces.begin(exchange, "/POS/Transaction");
        return PrecedingSteps.of(() -> accept(exchange, step))
                .chain(this::answer)
                .onFailure(InDoubtException.class)
                .recoverWithUni(inDoubt -> closeConnection(exchange, inDoubt));
    }

    private Uni<Accepted> accept(RoutingContext exchange, TraceSpan step) {
        return PosParameters.read(exchange)
                .map(cardData::mask)
                .call(limit::acquire)
                .chain(parameters -> start(
                        StartRequest.of(parameters, targets, IdempotencyKey.of(exchange.request()), step.traceparent()),
                        PairingToken.of(exchange.request()),
                        step));
    }

    private Uni<Accepted> start(StartRequest start, Optional<PairingToken> token, TraceSpan step) {
        step.with(TraceAttribute.REGISTER_ID, start.register().registerId());
        tokens.checkPresent(start, token);
        Optional<ChangeSubscription> end = start.mode() == StartRequest.Mode.SYNCHRONOUS
                ? Optional.of(held.listen(start.transactionId()))
                : Optional.empty();
        return Uni.createFrom()
                .deferred(() -> intake.start(start, token))
                .map(started -> {
                    describe(step, started.transaction());
                    if (!started.isRepetition()) {
                        start.saleData().ifPresent(warnings::count);
                    }
                    return new Accepted(started, start.mode(), end);
                })
                .onFailure()
                .invoke(() -> close(end));
    }

    private static void close(Optional<ChangeSubscription> end) {
        end.ifPresent(ChangeSubscription::close);
    }

    private static void describe(TraceSpan step, Transaction started) {
        step.with(TraceAttribute.DEVICE_ID, started.deviceId()).with(TraceAttribute.TRANSACTION_ID, started.id());
    }

    private Uni<Envelope> answer(Accepted accepted) {
        Transaction transaction = accepted.started().transaction();
        if (accepted.started().isRepetition()) {
            close(accepted.end());
            return repeatedStart.answer(accepted.mode(), transaction);
        }
        return accepted.end()
                .map(end -> held.await(transaction.id(), end).map(held::response))
                .orElseGet(() -> Uni.createFrom().item(Envelope.started(transaction, config.publicUrl())));
    }

    /** Sends no response, since none would be correct; the register retries or checks the device. */
    private static Uni<Envelope> closeConnection(RoutingContext exchange, Throwable inDoubt) {
        LOG.errorf("Connection closed without a response: reason=%s", inDoubt.getMessage());
        exchange.request().connection().close();
        return Uni.createFrom().nothing();
    }

    /**
     * The rest of an accepted request, which its answer needs.
     *
     * @param end what a synchronous request waits for, since before the transaction was stored
     */
    private record Accepted(
            IdempotentIntake.Started started, StartRequest.Mode mode, Optional<ChangeSubscription> end) {}
}
