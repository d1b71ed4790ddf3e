package dev.terminalcloud.administration;

import dev.terminalcloud.administration.ChangeResult.Outcome;
import dev.terminalcloud.inbox.DeadLetter;
import dev.terminalcloud.inbox.DeadLetter.Position;
import dev.terminalcloud.inbox.DeadLetterTopics;
import dev.terminalcloud.posapi.ApiException;
import io.smallrye.mutiny.Uni;
import io.smallrye.mutiny.vertx.MutinyHelper;
import io.vertx.core.Vertx;
import io.vertx.core.json.JsonObject;
import jakarta.enterprise.context.ApplicationScoped;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.Executor;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.errors.TopicAuthorizationException;
import org.hibernate.reactive.mutiny.Mutiny;

/** Retries and drops dead letters for operators: each dead letter is resolved once. */
@ApplicationScoped
class DeadLetterChanges {
    private static final Duration RETRY_AFTER = Duration.ofSeconds(2);

    private final DeadLetterTopics topics;
    private final ResolvedDeadLetters resolved;
    private final AuditedChanges changes;

    DeadLetterChanges(DeadLetterTopics topics, ResolvedDeadLetters resolved, AuditedChanges changes) {
        this.topics = topics;
        this.resolved = resolved;
        this.changes = changes;
    }

    /** Returns the dead letters that no operator has resolved yet. */
    Uni<List<DeadLetter>> unresolved(Position from, int limit) {
        Executor context = context();
        return resolved.resolved()
                .chain(isResolved -> topics.read(from, limit, isResolved.negate()))
                .emitOn(context)
                .onFailure()
                .transform(DeadLetterChanges::toApiException);
    }

    /**
     * Sends the record to its source topic again, for all its readers: those that have applied it apply it again, which
     * changes nothing. Kafka has the record before the change is committed, so after a crash in between it may be sent twice.
     */
    Uni<Outcome> retry(Operator operator, Position place) {
        return resolve(operator, AuditAction.RETRY_DEAD_LETTER, place);
    }

    /** Gives up the dead letter: no service will read it again. */
    Uni<Outcome> drop(Operator operator, Position place) {
        return resolve(operator, AuditAction.DROP_DEAD_LETTER, place);
    }

    private Uni<Outcome> resolve(Operator operator, AuditAction action, Position place) {
        Executor context = context();
        return topics.read(place, 1, letter -> letter.place().equals(place))
                .emitOn(context)
                .chain(found -> changes.execute(
                        request(operator, action, place, found),
                        write -> found.isEmpty()
                                ? Uni.createFrom()
                                        .item(ChangeResult.refused(404, "No dead letter of this service at " + place))
                                : resolve(write.session(), action, found.get(0), context)))
                .onFailure()
                .transform(DeadLetterChanges::toApiException);
    }

    private Uni<ChangeResult> resolve(Mutiny.Session session, AuditAction action, DeadLetter letter, Executor context) {
        Position place = letter.place();
        if (action == AuditAction.RETRY_DEAD_LETTER && place.source().isCompacted()) {
            return Uni.createFrom()
                    .item(ChangeResult.refused(
                            409,
                            "Retrying would overwrite newer state on the compacted topic %s. Let its owner publish the current state, and drop this dead letter"
                                    .formatted(place.source().topicName())));
        }
        return resolved.resolve(session, letter, action).chain(before -> {
            if (before != null) {
                return Uni.createFrom().item(before == action ? ChangeResult.unchanged() : alreadyResolved(before));
            }
            return action == AuditAction.RETRY_DEAD_LETTER
                    ? topics.retry(letter).emitOn(context).replaceWith(ChangeResult.done())
                    : Uni.createFrom().item(ChangeResult.done());
        });
    }

    private static ChangeResult alreadyResolved(AuditAction before) {
        return ChangeResult.refused(
                409, before == AuditAction.DROP_DEAD_LETTER ? "Already dropped" : "Already retried");
    }

    private static ChangeRequest request(
            Operator operator, AuditAction action, Position place, List<DeadLetter> found) {
        Optional<DeadLetter> letter = found.stream().findFirst();
        Map<String, Object> details = JsonObject.of(
                        "topic", place.topic(),
                        "partition", place.partition(),
                        "offset", place.offset(),
                        "key", letter.flatMap(DeadLetter::key).orElse(null),
                        "eventId",
                                letter.flatMap(known -> known.header("ce_id")).orElse(null))
                .getMap();
        return new ChangeRequest(operator, action, null, null, null, details);
    }

    private static Executor context() {
        return MutinyHelper.executor(Vertx.currentContext());
    }

    private static Throwable toApiException(Throwable failure) {
        if (failure instanceof TopicAuthorizationException) {
            return ApiException.of(
                    503,
                    "Kafka does not allow this service to write to the source topic. Grant the right for the retry");
        }
        return failure instanceof KafkaException
                ? ApiException.retryLater(
                        503, "Kafka is unavailable. Check the dead letter, or retry", RETRY_AFTER, failure)
                : DatabaseOutage.toApiException(failure);
    }
}
