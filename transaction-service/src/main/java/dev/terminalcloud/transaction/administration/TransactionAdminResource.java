package dev.terminalcloud.transaction.administration;

import com.fasterxml.jackson.annotation.JsonInclude;
import dev.terminalcloud.administration.AdminParameters;
import dev.terminalcloud.administration.ChangeResult.Outcome;
import dev.terminalcloud.administration.CurrentOperator;
import dev.terminalcloud.administration.Roles;
import dev.terminalcloud.posapi.ApiException;
import io.smallrye.mutiny.Uni;
import jakarta.annotation.security.RolesAllowed;
import jakarta.ws.rs.Consumes;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.PUT;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.core.MediaType;
import java.util.Arrays;
import java.util.List;
import java.util.UUID;
import org.jboss.resteasy.reactive.RestQuery;
import org.jboss.resteasy.reactive.server.Cancellable;

/** Administration of transactions, for the operators' own network only: never behind the public gateway. */
@Path("/admin/transactions")
@RolesAllowed({Roles.ADMIN, Roles.VIEWER, Roles.OUTCOME_ADMIN})
class TransactionAdminResource {
    private final CurrentOperator operator;
    private final ManualResolutions resolutions;
    private final TransactionQueries list;

    TransactionAdminResource(CurrentOperator operator, ManualResolutions resolutions, TransactionQueries list) {
        this.operator = operator;
        this.resolutions = resolutions;
        this.list = list;
    }

    /** @param next the value of {@code after} for the next page; null on the last page */
    @JsonInclude(JsonInclude.Include.NON_NULL)
    record Page(List<TransactionView> transactions, UUID next) {}

    record Answer(UUID transactionId, Outcome outcome) {}

    /** Lists the transactions that have not ended, oldest first. */
    @GET
    public Uni<Page> page(@RestQuery String state, @RestQuery String after, @RestQuery String limit) {
        int pageSize = AdminParameters.limit(limit);
        UUID from = after == null ? null : AdminParameters.id("after", after);
        return list.page(resolve(state), from, pageSize)
                .map(found -> new Page(
                        found,
                        found.size() < pageSize
                                ? null
                                : found.get(found.size() - 1).id()));
    }

    private static TransactionQueries.State resolve(String text) {
        return Arrays.stream(TransactionQueries.State.values())
                .filter(state -> state.text().equals(text == null ? TransactionQueries.State.UNFINISHED.text() : text))
                .findFirst()
                .orElseThrow(() -> ApiException.badRequest("state must be one of "
                        + Arrays.stream(TransactionQueries.State.values())
                                .map(TransactionQueries.State::text)
                                .toList()));
    }

    @GET
    @Path("/{id}")
    public Uni<TransactionView> show(String id) {
        return list.one(AdminParameters.id("transactionId", id))
                .map(found -> found.orElseThrow(() -> ApiException.of(404, "Transaction " + id + " not found")));
    }

    @PUT
    @Path("/{id}/outcome")
    @Consumes(MediaType.APPLICATION_JSON)
    @RolesAllowed(Roles.OUTCOME_ADMIN)
    @Cancellable(false)
    public Uni<Answer> resolve(String id, ManualOutcome body) {
        if (body == null) {
            throw ApiException.badRequest("result is missing");
        }
        UUID transaction = AdminParameters.id("transactionId", id);
        return resolutions
                .resolve(operator.get(), transaction, body.validated())
                .map(outcome -> new Answer(transaction, outcome));
    }
}
