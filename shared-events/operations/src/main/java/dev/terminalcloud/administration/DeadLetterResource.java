package dev.terminalcloud.administration;

import com.fasterxml.jackson.annotation.JsonInclude;
import dev.terminalcloud.administration.ChangeResult.Outcome;
import dev.terminalcloud.events.Topic;
import dev.terminalcloud.inbox.DeadLetter.Position;
import dev.terminalcloud.posapi.ApiException;
import io.smallrye.mutiny.Uni;
import jakarta.annotation.security.RolesAllowed;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import java.util.List;
import java.util.stream.Stream;
import org.jboss.resteasy.reactive.RestQuery;
import org.jboss.resteasy.reactive.server.Cancellable;

/** Dead letters of this service. For the operators' own network only: never behind the public gateway. */
@Path("/admin/dead-letters")
@RolesAllowed(Roles.ADMIN)
class DeadLetterResource {
    private final CurrentOperator operator;
    private final DeadLetterChanges letters;

    DeadLetterResource(CurrentOperator operator, DeadLetterChanges letters) {
        this.operator = operator;
        this.letters = letters;
    }

    /** @param next the value of {@code after} for the next page; null if this is the last page */
    @JsonInclude(JsonInclude.Include.NON_NULL)
    record Page(List<DeadLetterView> deadLetters, String next) {}

    record Answer(String topic, int partition, long offset, Outcome outcome) {
        static Answer of(Position place, Outcome outcome) {
            return new Answer(place.topic(), place.partition(), place.offset(), outcome);
        }
    }

    @GET
    @RolesAllowed({Roles.ADMIN, Roles.VIEWER})
    public Uni<Page> page(@RestQuery String after, @RestQuery String limit) {
        int pageSize = AdminParameters.limit(limit);
        Position from = after == null
                ? Position.first()
                : parseAfter(after.split("/", -1)).next();
        return letters.unresolved(from, pageSize)
                .map(found -> new Page(
                        found.stream().map(DeadLetterView::of).toList(),
                        found.size() < pageSize
                                ? null
                                : found.get(found.size() - 1).place().toString()));
    }

    @POST
    @Path("/{topic}/{partition}/{offset}/retry")
    @Cancellable(false)
    public Uni<Answer> retry(String topic, String partition, String offset) {
        Position place = parsePosition(topic, partition, offset);
        return letters.retry(operator.get(), place).map(outcome -> Answer.of(place, outcome));
    }

    @POST
    @Path("/{topic}/{partition}/{offset}/drop")
    @Cancellable(false)
    public Uni<Answer> drop(String topic, String partition, String offset) {
        Position place = parsePosition(topic, partition, offset);
        return letters.drop(operator.get(), place).map(outcome -> Answer.of(place, outcome));
    }

    private static Position parseAfter(String[] parts) {
        if (parts.length != 3) {
            throw ApiException.badRequest(
                    "after must be the next of the previous page, such as device-events.dlq/0/17");
        }
        return parsePosition(parts[0], parts[1], parts[2]);
    }

    private static Position parsePosition(String topic, String partition, String offset) {
        Topic source = Stream.of(Topic.values())
                .filter(each -> each.deadLetterTopicName().equals(topic))
                .findFirst()
                .orElseThrow(() -> ApiException.badRequest("topic must be one of "
                        + Stream.of(Topic.values())
                                .map(Topic::deadLetterTopicName)
                                .toList()));
        long number = AdminParameters.number("partition", partition).orElse(0);
        if (number > Integer.MAX_VALUE) {
            throw ApiException.badRequest("partition is out of range");
        }
        return new Position(
                source, (int) number, AdminParameters.number("offset", offset).orElse(0));
    }
}
