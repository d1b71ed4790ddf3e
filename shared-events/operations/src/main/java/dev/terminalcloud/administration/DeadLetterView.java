package dev.terminalcloud.administration;

import com.fasterxml.jackson.annotation.JsonInclude;
import dev.terminalcloud.inbox.DeadLetter;
import io.vertx.core.json.DecodeException;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.time.Instant;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Pattern;

/**
 * A dead letter as the administration API shows it.
 *
 * @param source the topic, partition and offset that the record was read from
 * @param reason why the service could not apply the record, shortened
 * @param size the length of the payload in characters
 * @param payload the payload, shortened and without members that may be secret; null if it is not a JSON object, since
 *     secrets could not be told from other text then
 */
@JsonInclude(JsonInclude.Include.NON_NULL)
record DeadLetterView(
        String topic,
        int partition,
        long offset,
        Instant at,
        String key,
        String eventId,
        String type,
        String source,
        String exception,
        String reason,
        int size,
        Map<String, Object> payload) {
    private static final Pattern SECRET = Pattern.compile(
            "secret|token|password|hash|credential|callback|receipt|cardpan|saledata|code", Pattern.CASE_INSENSITIVE);

    private static final int MAX_LENGTH = 200;

    static DeadLetterView of(DeadLetter letter) {
        return new DeadLetterView(
                letter.place().topic(),
                letter.place().partition(),
                letter.place().offset(),
                letter.at(),
                letter.key().map(DeadLetterView::shortened).orElse(null),
                header(letter, "ce_id"),
                header(letter, "ce_type"),
                header(letter, "dead-letter-topic") + "/" + header(letter, "dead-letter-partition") + "/"
                        + header(letter, "dead-letter-offset"),
                header(letter, "dead-letter-exception-class-name"),
                header(letter, "dead-letter-reason"),
                letter.payload().map(String::length).orElse(0),
                letter.payload().flatMap(DeadLetterView::redacted).orElse(null));
    }

    private static String header(DeadLetter letter, String name) {
        return letter.header(name).map(DeadLetterView::shortened).orElse(null);
    }

    private static Optional<Map<String, Object>> redacted(String payload) {
        try {
            return Optional.of(redacted(new JsonObject(payload)).getMap());
        } catch (DecodeException e) {
            return Optional.empty();
        }
    }

    private static JsonObject redacted(JsonObject object) {
        JsonObject shown = new JsonObject();
        object.fieldNames().stream()
                .filter(name -> !SECRET.matcher(name).find())
                .forEach(name -> shown.put(name, redacted(object.getValue(name))));
        return shown;
    }

    private static Object redacted(Object value) {
        if (value instanceof JsonObject object) {
            return redacted(object);
        }
        if (value instanceof JsonArray array) {
            return array.size() + " entries";
        }
        return value instanceof String text ? shortened(text) : value;
    }

    private static String shortened(String text) {
        return text.length() <= MAX_LENGTH ? text : text.substring(0, MAX_LENGTH) + "…";
    }
}
