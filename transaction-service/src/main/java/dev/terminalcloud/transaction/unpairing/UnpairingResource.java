package dev.terminalcloud.transaction.unpairing;

import dev.terminalcloud.posapi.PairingToken;
import dev.terminalcloud.posapi.PairingTokenError;
import dev.terminalcloud.posapi.PosParameters;
import dev.terminalcloud.transaction.lifecycle.RegisterIdentity;
import io.smallrye.mutiny.Uni;
import io.vertx.ext.web.RoutingContext;
import jakarta.ws.rs.Consumes;
import jakarta.ws.rs.DELETE;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.Context;
import jakarta.ws.rs.core.MediaType;
import org.jboss.resteasy.reactive.server.Cancellable;

/** {@code DELETE /POS/Pairing}: a register ends its pairing (POS API, section 10), even if the client disconnects. */
@Path("/")
public class UnpairingResource {
    record UnpairingAnswer(String result) {}

    private final Unpairing unpairing;

    UnpairingResource(Unpairing unpairing) {
        this.unpairing = unpairing;
    }

    @DELETE
    @Path("/{pos:(?i:pos)}/{pairing:(?i:pairing)}")
    @Cancellable(false)
    @Consumes(MediaType.WILDCARD)
    @Produces(MediaType.APPLICATION_JSON)
    public Uni<UnpairingAnswer> unpair(@Context RoutingContext exchange) {
        return PosParameters.read(exchange)
                .map(RegisterIdentity::of)
                .chain(register -> unpairing.unpair(register, tokenOf(exchange)))
                .replaceWith(new UnpairingAnswer("success"));
    }

    private static PairingToken tokenOf(RoutingContext exchange) {
        return PairingToken.of(exchange.request()).orElseThrow(PairingTokenError.PAIRING_TOKEN_MISSING::exception);
    }
}
