package dev.terminalcloud.transaction.servicelevel;

import io.smallrye.mutiny.Uni;
import io.smallrye.mutiny.vertx.MutinyHelper;
import io.vertx.core.Vertx;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.MediaType;

/** {@code GET /POS/Status}: what the installation measures of itself (POS API, section 10). It asks for no credential. */
@Path("/")
public class StatusResource {
    private final ServiceStatus status;

    StatusResource(ServiceStatus status) {
        this.status = status;
    }

    @GET
    @Path("/{pos:(?i:pos)}/{status:(?i:status)}")
    @Produces(MediaType.APPLICATION_JSON)
    public Uni<StatusAnswer> status() {
        return status.current().emitOn(MutinyHelper.executor(Vertx.currentContext()));
    }
}
