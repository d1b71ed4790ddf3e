package dev.terminalcloud.pairing.registers;

import dev.terminalcloud.callbackurl.CallbackTargets;
import dev.terminalcloud.pairing.Secret;
import dev.terminalcloud.pairing.wrongcodes.ClientAddressResolver;
import dev.terminalcloud.posapi.CardDataFilter;
import dev.terminalcloud.posapi.PosParameters;
import dev.terminalcloud.posapi.RequestTraces;
import dev.terminalcloud.tracing.TraceAttribute;
import dev.terminalcloud.tracing.TraceSpan;
import io.smallrye.mutiny.Uni;
import io.vertx.ext.web.RoutingContext;
import jakarta.ws.rs.PUT;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.Context;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.Response;
import org.jboss.resteasy.reactive.server.Cancellable;

/** Endpoint where registers pair (POS API, section 2). A client that closes its connection early is paired all the same. */
@Path("/")
class PairingResource {
    private static final String PAIRING_TOKEN = "Pairing-Token";

    record PairingAnswer(String result) {}

    private final CardDataFilter cardData;
    private final RegisterPairing pairings;
    private final ClientAddressResolver proxies;
    private final CallbackTargets targets;
    private final RequestTraces traces;

    PairingResource(
            CardDataFilter cardData,
            RegisterPairing pairings,
            ClientAddressResolver proxies,
            CallbackTargets targets,
            RequestTraces traces) {
        this.cardData = cardData;
        this.pairings = pairings;
        this.proxies = proxies;
        this.targets = targets;
        this.traces = traces;
    }

    @PUT
    @Path("/{pos:(?i:pos)}/{pairing:(?i:pairing)}/{code}")
    @Produces(MediaType.APPLICATION_JSON)
    @Cancellable(false)
    public Uni<Response> pair(String code, @Context RoutingContext exchange) {
        TraceSpan step = traces.begin(exchange, "/POS/Pairing/{code}");
        return PosParameters.read(exchange)
                .map(cardData::mask)
                .map(parameters -> new PairingAttempt(
                        proxies.resolve(exchange.request()),
                        PairingRequest.of(parameters, targets),
                        Secret.random(),
                        step.traceparent()))
                .invoke(claimant ->
                        step.with(TraceAttribute.REGISTER_ID, claimant.key().registerId()))
                .chain(claimant -> pairings.pair(code, claimant))
                .map(PairingResource::success);
    }

    private static Response success(Secret token) {
        return Response.ok(new PairingAnswer("success"))
                .header(PAIRING_TOKEN, token.text())
                .build();
    }
}
