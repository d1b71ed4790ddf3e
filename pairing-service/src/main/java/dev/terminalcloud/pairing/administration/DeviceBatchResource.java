package dev.terminalcloud.pairing.administration;

import com.fasterxml.jackson.annotation.JsonInclude;
import dev.terminalcloud.administration.AdminParameters;
import dev.terminalcloud.administration.ChangeResult;
import dev.terminalcloud.administration.CurrentOperator;
import dev.terminalcloud.administration.Operator;
import dev.terminalcloud.administration.Roles;
import dev.terminalcloud.pairing.Secret;
import dev.terminalcloud.pairing.administration.DeviceAdminResource.ChosenSecret;
import dev.terminalcloud.posapi.ApiException;
import io.smallrye.mutiny.Multi;
import io.smallrye.mutiny.Uni;
import jakarta.annotation.security.RolesAllowed;
import jakarta.ws.rs.Consumes;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.core.MediaType;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.jboss.resteasy.reactive.server.Cancellable;

/** Registration of many devices with one request: one after the other, each in its own transaction. */
@Path("/admin/devices")
@RolesAllowed(Roles.ADMIN)
class DeviceBatchResource {
    private static final int MAX_DEVICES = 500;
    private static final int SERVER_ERROR = 500;

    private final CurrentOperator operator;
    private final DeviceChanges devices;

    DeviceBatchResource(CurrentOperator operator, DeviceChanges devices) {
        this.operator = operator;
        this.devices = devices;
    }

    /**
     * @param secret null to generate one of 256 random bits
     * @param owner null leaves the owner of a known device as it is
     */
    record NewDevice(String deviceId, String secret, String owner) {}

    record NewDevices(List<NewDevice> devices) {}

    /**
     * Result for one device.
     *
     * @param outcome the outcome of the change, or UNKNOWN if the change may have been made
     * @param secret shown only this once, and only if it was generated here
     * @param error the reason for REFUSED or UNKNOWN; null if the change succeeded
     */
    @JsonInclude(JsonInclude.Include.NON_NULL)
    record DeviceResult(String deviceId, String outcome, String secret, String error) {}

    record BatchResponse(List<DeviceResult> devices) {}

    @POST
    @Consumes(MediaType.APPLICATION_JSON)
    @Cancellable(false)
    public Uni<BatchResponse> register(NewDevices body) {
        List<NewDevice> wanted = check(body);
        Operator asking = operator.get();
        return Multi.createFrom()
                .iterable(wanted)
                .onItem()
                .transformToUniAndConcatenate(device -> register(asking, device))
                .collect()
                .asList()
                .map(BatchResponse::new);
    }

    private static List<NewDevice> check(NewDevices body) {
        if (body == null || body.devices() == null || body.devices().isEmpty()) {
            throw ApiException.badRequest("devices is missing");
        }
        if (body.devices().size() > MAX_DEVICES) {
            throw ApiException.badRequest("devices must have at most " + MAX_DEVICES + " entries");
        }
        Set<String> seen = new HashSet<>();
        for (NewDevice device : body.devices()) {
            if (device == null || device.deviceId() == null) {
                throw ApiException.badRequest("Every entry of devices must have a deviceId");
            }
            if (!seen.add(device.deviceId())) {
                throw ApiException.badRequest("devices contains deviceId " + device.deviceId() + " twice");
            }
        }
        return body.devices();
    }

    private Uni<DeviceResult> register(Operator asking, NewDevice device) {
        return Uni.createFrom()
                .deferred(() -> {
                    Secret secret = ChosenSecret.orNew(device.secret());
                    String shown = device.secret() == null ? secret.text() : null;
                    String owner = DeviceOwnerResource.parse(device.owner());
                    return devices.register(asking, AdminParameters.deviceId(device.deviceId()), secret.text(), owner)
                            .map(outcome -> new DeviceResult(device.deviceId(), outcome.name(), shown, null));
                })
                .onFailure(ApiException.class)
                .recoverWithItem(refusal -> rejected(device, refusal));
    }

    private static DeviceResult rejected(NewDevice device, ApiException refusal) {
        String outcome = refusal.status() < SERVER_ERROR ? ChangeResult.Outcome.REFUSED.name() : "UNKNOWN";
        return new DeviceResult(device.deviceId(), outcome, null, refusal.getMessage());
    }
}
