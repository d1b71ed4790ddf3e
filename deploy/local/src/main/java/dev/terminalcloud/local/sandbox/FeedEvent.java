package dev.terminalcloud.local.sandbox;

import io.vertx.core.json.JsonObject;
import java.time.Instant;

/**
 * A Kafka record as the sandbox page shows it.
 *
 * @param time when the fact was recorded
 * @param payload without secrets
 */
record FeedEvent(String topic, String type, String key, Instant time, JsonObject payload) {

    JsonObject toJson() {
        return JsonObject.of("topic", topic, "type", type, "key", key, "time", time.toString(), "payload", payload);
    }
}
