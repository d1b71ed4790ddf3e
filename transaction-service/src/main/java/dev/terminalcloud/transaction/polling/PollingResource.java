package dev.terminalcloud.transaction.polling;

import dev.terminalcloud.posapi.AcceptedMedia;
import dev.terminalcloud.posapi.PosParameters;
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
import java.util.function.Supplier;
import org.jboss.resteasy.reactive.server.Cancellable;

/** {@code {PollingUrl}}: the state of a transaction (POS API, sections 4 and 10), and its cancellation. */
@Path("/")
@Produces(MediaType.APPLICATION_JSON)
public class PollingResource {
    private static final String TRANSACTION_PATH = "/{pos:(?i:pos)}/{transaction:(?i:transaction)}/{id}";

    private final Polling polling;
    private final VersionWait versions;
    private final EventStreams streams;
    private final Cancellation cancellation;

    PollingResource(Polling polling, VersionWait versions, EventStreams streams, Cancellation cancellation) {
        this.polling = polling;
        this.versions = versions;
        this.streams = streams;
        this.cancellation = cancellation;
    }

    /**
     * Answers at once, after a change, or as a stream of changes; a client that leaves ends the wait. With the pairing token
     * alone it answers at once.
     */
    @GET
    @Path(TRANSACTION_PATH)
    public Uni<Envelope> poll(@PathParam("id") String id, @Context RoutingContext exchange) {
        PosParameters parameters = PosParameters.read(exchange.request().query(), null, null);
        Credentials credentials = Credentials.of(exchange.request(), parameters);
        if (credentials.isPairingTokenOnly()) {
            return polling.pollByRegister(id, credentials);
        }
        Supplier<Uni<Envelope>> poll = () -> polling.poll(id, credentials);
        if (AcceptedMedia.isEventStream(exchange)) {
            OptionalLong seen = LastEventId.of(exchange.request());
            return poll.get().chain(current -> streams.stream(current, poll, seen, exchange.response()));
        }
        Optional<LongPoll> wait = LongPoll.of(parameters);
        return wait.isEmpty()
                ? poll.get()
                : poll.get()
                        .chain(current -> versions.await(
                                current.transactionId(),
                                poll,
                                wait.get().seen().orElse(current.version()),
                                wait.get().time()));
    }

    /** Cancels a transaction, even if the client disconnects. */
    @POST
    @Path(TRANSACTION_PATH + "/{cancel:(?i:cancel)}")
    @Cancellable(false)
    @Consumes(MediaType.WILDCARD)
    public Uni<Envelope> cancel(@PathParam("id") String id, @Context RoutingContext exchange) {
        return PosParameters.read(exchange)
                .chain(parameters -> cancellation.cancel(id, Credentials.of(exchange.request(), parameters)));
    }
}
