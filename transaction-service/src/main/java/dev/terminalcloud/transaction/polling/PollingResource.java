package dev.terminalcloud.transaction.polling;

import dev.terminalcloud.posapi.PosParameters;
import io.smallrye.mutiny.Uni;
import io.vertx.ext.web.RoutingContext;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.PathParam;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.Context;
import jakarta.ws.rs.core.MediaType;

/** {@code GET {PollingUrl}}: how a transaction stands (POS API, section 4). */
@Path("/")
public class PollingResource {
    private final Polling polling;

    PollingResource(Polling polling) {
        this.polling = polling;
    }

    @GET
    @Path("/{pos:(?i:pos)}/{transaction:(?i:transaction)}/{id}")
    @Produces(MediaType.APPLICATION_JSON)
    public Uni<Envelope> poll(@PathParam("id") String id, @Context RoutingContext exchange) {
        PosParameters parameters = PosParameters.read(exchange.request().query(), null, null);
        return polling.poll(id, parameters.get("merchantAccessToken").orElse(""));
    }
}
