package dev.terminalcloud.transaction.polling;

import dev.terminalcloud.posapi.AcceptedMedia;
import dev.terminalcloud.posapi.PairingToken;
import dev.terminalcloud.posapi.PosParameters;
import dev.terminalcloud.transaction.subscription.PrecedingSteps;
import io.smallrye.mutiny.Uni;
import io.vertx.ext.web.RoutingContext;
import jakarta.ws.rs.Consumes;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.PathParam;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.Context;
import jakarta.ws.rs.core.MediaType;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.function.LongFunction;
import org.jboss.resteasy.reactive.server.Cancellable;

/** {@code {PollingUrl}}: the state of a transaction (POS API, sections 4 and 10), and its cancellation. */
@Path("/")
@Produces(MediaType.APPLICATION_JSON)
public class PollingResource {
    private static final String TRANSACTION_PATH = "/{pos:(?i:pos)}/{transaction:(?i:transaction)}/{id}";
    private static final String TOKEN = "merchantAccessToken";

    private final Polling polling;
    private final TransactionVersions versions;
    private final EventStreams streams;
    private final Cancellation cancellation;

    PollingResource(Polling polling, TransactionVersions versions, EventStreams streams, Cancellation cancellation) {
        this.polling = polling;
        this.versions = versions;
        this.streams = streams;
        this.cancellation = cancellation;
    }

    /**
     * Answers at once, after a change, or as a stream of changes; a client that leaves ends the wait. Without a polling token, the
     * pairing token of the register serves, and the answer comes at once.
     */
    @GET
    @Path(TRANSACTION_PATH)
    public Uni<Envelope> poll(@PathParam("id") String id, @Context RoutingContext exchange) {
        return Uni.createFrom().deferred(() -> answer(id, exchange));
    }

    /** The framework keeps what a resource returns until the response has ended: not these steps, since thousands may wait. */
    private Uni<Envelope> answer(String id, RoutingContext exchange) {
        PosParameters parameters = PosParameters.read(exchange.request().query(), null, null);
        String token = parameters.get(TOKEN).orElse("");
        Optional<PairingToken> pairingToken = PairingToken.of(exchange.request());
        if (token.isEmpty() && pairingToken.isPresent()) {
            return polling.pollByRegister(id, pairingToken.get());
        }
        LongFunction<Uni<Envelope>> poll = version -> polling.poll(id, token, version);
        if (AcceptedMedia.isEventStream(exchange)) {
            OptionalLong seen = LastEventId.of(exchange.request());
            return PrecedingSteps.of(() -> poll.apply(0))
                    .chain(current -> streams.stream(current, poll, seen, exchange.response()));
        }
        return LongPoll.of(parameters).map(wait -> await(wait, poll)).orElseGet(() -> poll.apply(0));
    }

    private Uni<Envelope> await(LongPoll wait, LongFunction<Uni<Envelope>> poll) {
        return PrecedingSteps.of(() -> poll.apply(0))
                .chain(current -> versions.await(
                        current.transactionId(), poll, wait.seen().orElse(current.version()), wait.time()));
    }

    /** Cancels a transaction, even if the client disconnects. */
    @POST
    @Path(TRANSACTION_PATH + "/{cancel:(?i:cancel)}")
    @Cancellable(false)
    @Consumes(MediaType.WILDCARD)
    public Uni<Envelope> cancel(@PathParam("id") String id, @Context RoutingContext exchange) {
        return PosParameters.read(exchange)
                .chain(parameters ->
                        cancellation.cancel(id, parameters.get(TOKEN).orElse("")));
    }
}
