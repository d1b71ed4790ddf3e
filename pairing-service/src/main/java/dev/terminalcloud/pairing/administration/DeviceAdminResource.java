package dev.terminalcloud.pairing.administration;

import com.fasterxml.jackson.annotation.JsonInclude;
import dev.terminalcloud.administration.AdminParameters;
import dev.terminalcloud.administration.ChangeResult.Outcome;
import dev.terminalcloud.administration.CurrentOperator;
import dev.terminalcloud.administration.Roles;
import dev.terminalcloud.pairing.Secret;
import dev.terminalcloud.pairing.administration.PairingChanges.Replacement;
import dev.terminalcloud.posapi.ApiException;
import io.smallrye.mutiny.Uni;
import jakarta.annotation.security.RolesAllowed;
import jakarta.ws.rs.Consumes;
import jakarta.ws.rs.DELETE;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.PUT;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.core.MediaType;
import java.util.List;
import org.jboss.resteasy.reactive.RestQuery;
import org.jboss.resteasy.reactive.server.Cancellable;

/** Administration API of devices. For the operators' own network only: it is never behind the public gateway. */
@Path("/admin/devices")
@RolesAllowed(Roles.ADMIN)
class DeviceAdminResource {
    private static final int MIN_SECRET_LENGTH = 16;
    private static final int MAX_SECRET_LENGTH = 256;

    private final CurrentOperator operator;
    private final DeviceChanges devices;
    private final PairingChanges pairings;
    private final DeviceQueries list;

    DeviceAdminResource(CurrentOperator operator, DeviceChanges devices, PairingChanges pairings, DeviceQueries list) {
        this.operator = operator;
        this.devices = devices;
        this.pairings = pairings;
        this.list = list;
    }

    /** @param secret null to generate one of 256 random bits */
    record ChosenSecret(String secret) {
        static String in(ChosenSecret body) {
            return body == null ? null : body.secret();
        }

        /** Returns the chosen secret, or a new one if it is null. */
        static Secret orNew(String chosen) {
            if (chosen == null) {
                return Secret.random();
            }
            if (chosen.length() < MIN_SECRET_LENGTH || chosen.length() > MAX_SECRET_LENGTH) {
                throw ApiException.badRequest(
                        "secret must have " + MIN_SECRET_LENGTH + " to " + MAX_SECRET_LENGTH + " characters");
            }
            return new Secret(chosen);
        }
    }

    /**
     * @param secret as in {@link ChosenSecret}
     * @param owner null leaves the owner of a known device as it is
     */
    record Registration(String secret, String owner) {}

    /** @param revoke true: the previous device may no longer connect; null means false */
    record WantedReplacement(String replacementDeviceId, Boolean revoke) {}

    /** @param secret shown only this once, and only if it was generated here */
    @JsonInclude(JsonInclude.Include.NON_NULL)
    record Answer(String deviceId, Outcome outcome, String secret) {}

    /** @param next the value of {@code after} for the next page; null if this is the last */
    @JsonInclude(JsonInclude.Include.NON_NULL)
    record Page(List<DeviceView> devices, String next) {}

    @GET
    @RolesAllowed({Roles.ADMIN, Roles.VIEWER})
    public Uni<Page> page(
            @RestQuery String after,
            @RestQuery String limit,
            @RestQuery String online,
            @RestQuery String paired,
            @RestQuery String revoked) {
        int pageSize = AdminParameters.limit(limit);
        String from = after == null ? "" : AdminParameters.deviceId(after);
        DeviceQueries.Filter filter = new DeviceQueries.Filter(
                AdminParameters.flag("online", online),
                AdminParameters.flag("paired", paired),
                AdminParameters.flag("revoked", revoked));
        return list.page(filter, from, pageSize)
                .map(found -> new Page(
                        found,
                        found.size() < pageSize
                                ? null
                                : found.get(found.size() - 1).deviceId()));
    }

    @GET
    @Path("/{deviceId}")
    @RolesAllowed({Roles.ADMIN, Roles.VIEWER})
    public Uni<DeviceView> show(String deviceId) {
        return list.require(AdminParameters.deviceId(deviceId));
    }

    /** Allows the device to connect with the given secret, or with a new one. The same secret again changes nothing. */
    @PUT
    @Path("/{deviceId}")
    @Consumes(MediaType.APPLICATION_JSON)
    @Cancellable(false)
    public Uni<Answer> register(String deviceId, Registration body) {
        String chosen = body == null ? null : body.secret();
        String owner = DeviceOwnerResource.parse(body == null ? null : body.owner());
        Secret secret = ChosenSecret.orNew(chosen);
        return devices.register(operator.get(), AdminParameters.deviceId(deviceId), secret.text(), owner)
                .map(outcome -> answer(deviceId, outcome, chosen, secret));
    }

    @POST
    @Path("/{deviceId}/secret")
    @Consumes(MediaType.APPLICATION_JSON)
    @Cancellable(false)
    public Uni<Answer> rotateSecret(String deviceId, ChosenSecret body) {
        String chosen = ChosenSecret.in(body);
        Secret secret = ChosenSecret.orNew(chosen);
        return devices.rotateSecret(operator.get(), AdminParameters.deviceId(deviceId), secret.text())
                .map(outcome -> answer(deviceId, outcome, chosen, secret));
    }

    @PUT
    @Path("/{deviceId}/revocation")
    @Cancellable(false)
    public Uni<Answer> revoke(String deviceId) {
        return devices.revoke(operator.get(), AdminParameters.deviceId(deviceId))
                .map(outcome -> new Answer(deviceId, outcome, null));
    }

    /** Allows a revoked device to connect again, only with a newly generated secret. */
    @DELETE
    @Path("/{deviceId}/revocation")
    @Cancellable(false)
    public Uni<Answer> readmit(String deviceId) {
        Secret secret = Secret.random();
        return devices.readmit(operator.get(), AdminParameters.deviceId(deviceId), secret.text())
                .map(outcome -> answer(deviceId, outcome, null, secret));
    }

    @POST
    @Path("/{deviceId}/replacement")
    @Consumes(MediaType.APPLICATION_JSON)
    @Cancellable(false)
    public Uni<Answer> replace(String deviceId, WantedReplacement body) {
        Replacement replacement = replacement(AdminParameters.deviceId(deviceId), body);
        return pairings.replace(operator.get(), replacement).map(outcome -> new Answer(deviceId, outcome, null));
    }

    private static Replacement replacement(String deviceId, WantedReplacement body) {
        String other = body == null ? null : body.replacementDeviceId();
        if (other == null) {
            throw ApiException.badRequest("replacementDeviceId is missing");
        }
        if (AdminParameters.deviceId(other).equals(deviceId)) {
            throw ApiException.badRequest("replacementDeviceId must be another device");
        }
        return new Replacement(deviceId, other, Boolean.TRUE.equals(body.revoke()));
    }

    @DELETE
    @Path("/{deviceId}/pairing")
    @Cancellable(false)
    public Uni<Answer> unpair(String deviceId, @RestQuery String pairingNumber) {
        return pairings.unpair(
                        operator.get(),
                        AdminParameters.deviceId(deviceId),
                        AdminParameters.number("pairingNumber", pairingNumber))
                .map(outcome -> new Answer(deviceId, outcome, null));
    }

    private static Answer answer(String deviceId, Outcome outcome, String chosen, Secret secret) {
        return new Answer(deviceId, outcome, chosen == null ? secret.text() : null);
    }
}
