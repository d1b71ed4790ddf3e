package dev.terminalcloud.administration;

import com.fasterxml.jackson.annotation.JsonInclude;
import dev.terminalcloud.posapi.ApiException;
import io.smallrye.mutiny.Uni;
import io.vertx.mutiny.sqlclient.Tuple;
import jakarta.annotation.security.RolesAllowed;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.Path;
import java.util.Arrays;
import java.util.List;
import org.jboss.resteasy.reactive.RestQuery;

/** The audit trail, newest first. */
@Path("/admin/audit")
@RolesAllowed({Roles.ADMIN, Roles.VIEWER, Roles.OUTCOME_ADMIN})
class AuditResource {
    private final AuditTable table;

    AuditResource(AuditTable table) {
        this.table = table;
    }

    /** @param next the value of {@code before} for the next page; null if this is the last page */
    @JsonInclude(JsonInclude.Include.NON_NULL)
    record Page(List<AuditEntry> entries, Long next) {}

    @GET
    public Uni<Page> page(
            @RestQuery String deviceId,
            @RestQuery String registerId,
            @RestQuery String transactionId,
            @RestQuery String principal,
            @RestQuery String action,
            @RestQuery String from,
            @RestQuery String to,
            @RestQuery String before,
            @RestQuery String limit) {
        int pageSize = AdminParameters.limit(limit);
        Tuple parameters = Tuple.tuple()
                .addLong(AdminParameters.number("before", before).orElse(Long.MAX_VALUE))
                .addString(deviceId == null ? null : AdminParameters.deviceId(deviceId))
                .addString(AdminParameters.text("registerId", registerId))
                .addUUID(transactionId == null ? null : AdminParameters.id("transactionId", transactionId))
                .addString(AdminParameters.text("principal", principal))
                .addString(action(action))
                .addOffsetDateTime(AdminParameters.time("from", from))
                .addOffsetDateTime(AdminParameters.time("to", to))
                .addInteger(pageSize);
        return table.page(parameters)
                .map(entries -> new Page(entries, entries.size() < pageSize ? null : last(entries)))
                .onFailure()
                .transform(DatabaseOutage::toApiException);
    }

    private static String action(String text) {
        if (text != null
                && Arrays.stream(AuditAction.values())
                        .noneMatch(action -> action.name().equals(text))) {
            throw ApiException.badRequest("action must be one of " + Arrays.toString(AuditAction.values()));
        }
        return text;
    }

    private static long last(List<AuditEntry> entries) {
        return entries.get(entries.size() - 1).id();
    }
}
