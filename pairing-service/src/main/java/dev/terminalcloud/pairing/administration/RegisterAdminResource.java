package dev.terminalcloud.pairing.administration;

import dev.terminalcloud.administration.AdminParameters;
import dev.terminalcloud.administration.Roles;
import dev.terminalcloud.pairing.administration.RegisterQueries.FlappingRegister;
import dev.terminalcloud.pairing.administration.RegisterQueries.HistoryPage;
import dev.terminalcloud.posapi.ApiException;
import io.smallrye.mutiny.Uni;
import jakarta.annotation.security.RolesAllowed;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.Path;
import java.util.List;
import org.jboss.resteasy.reactive.RestQuery;

/** Registers with the history of their pairings. Never behind the public gateway. */
@Path("/admin/registers")
@RolesAllowed({Roles.ADMIN, Roles.VIEWER})
class RegisterAdminResource {
    private static final int NOT_FOUND = 404;

    private final RegisterQueries registers;

    RegisterAdminResource(RegisterQueries registers) {
        this.registers = registers;
    }

    record FlappingList(List<FlappingRegister> registers) {}

    @GET
    public Uni<RegisterView> show(
            @RestQuery String vendorName,
            @RestQuery String registerId,
            @RestQuery String after,
            @RestQuery String limit) {
        String vendor = required("vendorName", vendorName);
        String register = required("registerId", registerId);
        return registers
                .one(vendor, register, HistoryPage.of(after, limit))
                .map(found -> found.orElseThrow(() ->
                        ApiException.of(NOT_FOUND, "Register %s of vendor %s not found".formatted(register, vendor))));
    }

    /** Lists the registers that move between businesses, the most moves first. */
    @GET
    @Path("/flapping")
    public Uni<FlappingList> flapping(@RestQuery String limit) {
        return registers.flapping(AdminParameters.limit(limit)).map(FlappingList::new);
    }

    private static String required(String name, String text) {
        if (text == null) {
            throw ApiException.badRequest(name + " is missing");
        }
        return AdminParameters.text(name, text);
    }
}
