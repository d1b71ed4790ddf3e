package dev.terminalcloud.transaction.presence;

import dev.terminalcloud.posapi.PairingToken;
import dev.terminalcloud.posapi.PairingTokenError;
import dev.terminalcloud.posapi.PosParameters;
import dev.terminalcloud.transaction.lifecycle.RegisterIdentity;
import io.smallrye.mutiny.Uni;
import io.vertx.ext.web.RoutingContext;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.Context;
import jakarta.ws.rs.core.MediaType;
import org.jboss.resteasy.reactive.server.Cancellable;

/** {@code GET /POS/Device}: a register asks whether its device is there (POS API, section 10). */
@Path("/")
public class PresenceResource {
    private final RegisterDevice devices;

    PresenceResource(RegisterDevice devices) {
        this.devices = devices;
    }

    @GET
    @Path("/{pos:(?i:pos)}/{device:(?i:device)}")
    @Cancellable(false)
    @Produces(MediaType.APPLICATION_JSON)
    public Uni<DevicePresence> find(@Context RoutingContext exchange) {
        PosParameters parameters = PosParameters.read(exchange.request().query(), null, null);
        RegisterIdentity register = RegisterIdentity.of(parameters);
        boolean isProbe = isProbe(parameters);
        PairingToken token =
                PairingToken.of(exchange.request()).orElseThrow(PairingTokenError.PAIRING_TOKEN_MISSING::exception);
        return isProbe ? devices.probe(register, token) : devices.find(register, token);
    }

    private static boolean isProbe(PosParameters parameters) {
        return switch (parameters.text("probe").orElse("false")) {
            case "true" -> true;
            case "false" -> false;
            default -> throw PresenceError.INVALID_PROBE.exception();
        };
    }
}
