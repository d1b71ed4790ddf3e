package dev.terminalcloud.administration;

import com.fasterxml.jackson.annotation.JsonInclude;
import dev.terminalcloud.posapi.ApiException;
import io.smallrye.mutiny.Uni;
import io.vertx.mutiny.sqlclient.Pool;
import io.vertx.mutiny.sqlclient.Tuple;
import jakarta.annotation.security.RolesAllowed;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.Path;
import java.util.Arrays;
import java.util.List;
import java.util.stream.StreamSupport;
import org.jboss.resteasy.reactive.RestQuery;

/** The audit trail, newest first. */
@Path("/admin/audit")
@RolesAllowed({Roles.ADMIN, Roles.VIEWER, Roles.OUTCOME_ADMIN})
class AuditResource {
    private static final String PAGE =
            """
            select id, at, principal, address, action, device_id, other_device_id, transaction_id, vendor_name, register_id,
                details, outcome, reason
            from audit_entry
            where id < $1
              and (cast($2 as text) is null or device_id = $2 or other_device_id = $2)
              and (cast($3 as text) is null or register_id = $3)
              and (cast($4 as uuid) is null or transaction_id = $4)
              and (cast($5 as text) is null or principal = $5)
              and (cast($6 as text) is null or action = $6)
              and (cast($7 as timestamptz) is null or at >= $7)
              and (cast($8 as timestamptz) is null or at < $8)
            order by id desc
            limit $9
            """;

    private final Pool pool;

    AuditResource(Pool pool) {
        this.pool = pool;
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
        return pool.preparedQuery(PAGE)
                .execute(parameters)
                .map(rows -> StreamSupport.stream(rows.spliterator(), false)
                        .map(AuditEntry::of)
                        .toList())
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
