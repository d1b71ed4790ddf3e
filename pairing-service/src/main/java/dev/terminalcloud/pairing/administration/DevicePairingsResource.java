package dev.terminalcloud.pairing.administration;

import com.fasterxml.jackson.annotation.JsonInclude;
import dev.terminalcloud.administration.AdminParameters;
import dev.terminalcloud.administration.Roles;
import dev.terminalcloud.pairing.administration.RegisterQueries.HistoryPage;
import dev.terminalcloud.pairing.history.RecordedPairing;
import io.smallrye.mutiny.Uni;
import jakarta.annotation.security.RolesAllowed;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.Path;
import java.util.List;
import org.jboss.resteasy.reactive.RestQuery;

/** History of the pairings of a device: the registers that had it, newest first. */
@Path("/admin/devices/{deviceId}/pairings")
@RolesAllowed({Roles.ADMIN, Roles.VIEWER})
class DevicePairingsResource {
    private final DeviceQueries devices;
    private final RegisterQueries registers;

    DevicePairingsResource(DeviceQueries devices, RegisterQueries registers) {
        this.devices = devices;
        this.registers = registers;
    }

    /** @param next the value of {@code after} for the next page; null if this is the last */
    @JsonInclude(JsonInclude.Include.NON_NULL)
    record DeviceHistory(String deviceId, List<RecordedPairing> history, Long next) {}

    @GET
    public Uni<DeviceHistory> page(String deviceId, @RestQuery String after, @RestQuery String limit) {
        HistoryPage page = HistoryPage.of(after, limit);
        return devices.require(AdminParameters.deviceId(deviceId))
                .chain(device -> registers.historyOfDevice(deviceId, page))
                .map(history -> new DeviceHistory(deviceId, history, page.next(history)));
    }
}
