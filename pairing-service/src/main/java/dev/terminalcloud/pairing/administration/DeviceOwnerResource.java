package dev.terminalcloud.pairing.administration;

import com.fasterxml.jackson.annotation.JsonInclude;
import dev.terminalcloud.administration.AdminParameters;
import dev.terminalcloud.administration.ChangeResult.Outcome;
import dev.terminalcloud.administration.CurrentOperator;
import dev.terminalcloud.administration.Roles;
import dev.terminalcloud.posapi.ApiException;
import io.smallrye.mutiny.Uni;
import jakarta.annotation.security.RolesAllowed;
import jakarta.ws.rs.Consumes;
import jakarta.ws.rs.DELETE;
import jakarta.ws.rs.PUT;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.core.MediaType;
import org.jboss.resteasy.reactive.server.Cancellable;

/** Administration API of the owner of a device: a merchant or a reseller. */
@Path("/admin/devices/{deviceId}/owner")
@RolesAllowed(Roles.ADMIN)
class DeviceOwnerResource {
    private final CurrentOperator operator;
    private final OwnerChanges owners;

    DeviceOwnerResource(CurrentOperator operator, OwnerChanges owners) {
        this.operator = operator;
        this.owners = owners;
    }

    record WantedOwner(String owner) {}

    /** @param owner null if it has none now */
    @JsonInclude(JsonInclude.Include.NON_NULL)
    record OwnerAnswer(String deviceId, Outcome outcome, String owner) {}

    @PUT
    @Consumes(MediaType.APPLICATION_JSON)
    @Cancellable(false)
    public Uni<OwnerAnswer> set(String deviceId, WantedOwner body) {
        String owner = parse(body == null ? null : body.owner());
        if (owner == null) {
            throw ApiException.badRequest("owner is missing");
        }
        return owners.set(operator.get(), AdminParameters.deviceId(deviceId), owner)
                .map(outcome -> new OwnerAnswer(deviceId, outcome, owner));
    }

    @DELETE
    @Cancellable(false)
    public Uni<OwnerAnswer> remove(String deviceId) {
        return owners.remove(operator.get(), AdminParameters.deviceId(deviceId))
                .map(outcome -> new OwnerAnswer(deviceId, outcome, null));
    }

    /** @throws ApiException 400 if it is empty or too long; null stands for none */
    static String parse(String owner) {
        return AdminParameters.text("owner", owner);
    }
}
