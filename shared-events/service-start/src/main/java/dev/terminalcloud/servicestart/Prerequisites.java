package dev.terminalcloud.servicestart;

import dev.terminalcloud.startup.KafkaTopics;
import dev.terminalcloud.startup.Prerequisite;
import dev.terminalcloud.startup.UsedTopics;
import io.smallrye.common.annotation.Identifier;
import io.vertx.mutiny.sqlclient.Pool;
import jakarta.inject.Singleton;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.eclipse.microprofile.config.inject.ConfigProperty;
import org.flywaydb.core.Flyway;

/** The prerequisites of a service with a database, in the order of their checks: the schema, the role of the service, then Kafka. */
@Singleton
class Prerequisites {
    private final List<Prerequisite> inOrder;

    Prerequisites(
            Flyway flyway,
            @ConfigProperty(name = "quarkus.datasource.jdbc.url") String url,
            @ConfigProperty(name = "quarkus.flyway.username") Optional<String> owner,
            Pool pool,
            @ConfigProperty(name = "quarkus.datasource.reactive.url") String poolUrl,
            @ConfigProperty(name = "quarkus.datasource.username") String user,
            @Identifier("default-kafka-broker") Map<String, Object> kafka,
            UsedTopics used) {
        this.inOrder = List.of(
                new DatabaseSchema(flyway, url, owner.orElse(user)),
                new DatabaseRole(flyway.getConfiguration().getDataSource(), pool, poolUrl, user),
                new KafkaTopics(kafka, used));
    }

    List<Prerequisite> inOrder() {
        return inOrder;
    }
}
