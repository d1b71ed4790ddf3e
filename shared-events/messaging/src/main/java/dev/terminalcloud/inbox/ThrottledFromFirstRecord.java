package dev.terminalcloud.inbox;

import io.quarkus.arc.Unremovable;
import io.smallrye.common.annotation.Identifier;
import io.smallrye.mutiny.Uni;
import io.smallrye.reactive.messaging.kafka.KafkaConnectorIncomingConfiguration;
import io.smallrye.reactive.messaging.kafka.KafkaConsumer;
import io.smallrye.reactive.messaging.kafka.commit.KafkaCommitHandler;
import io.smallrye.reactive.messaging.kafka.commit.KafkaThrottledLatestProcessedCommit;
import io.vertx.mutiny.core.Vertx;
import jakarta.enterprise.context.ApplicationScoped;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Method;
import java.lang.reflect.Proxy;
import java.util.Map;
import java.util.function.BiConsumer;

/**
 * The commit strategy {@value #NAME}: SmallRye's {@code throttled}, without its look-up of the committed offset before the first record of each
 * partition.
 *
 * <p>The look-up runs on the thread that polls, after the poll in progress. So the first record of each partition after a start or a
 * rebalance waited until a poll ended: for a second, if nothing else arrived. Its result is used to ignore records from before the committed
 * offset. The consumer starts at that offset, so no such record exists; and a redelivered one would be applied in any case, and committed
 * again.
 */
@Unremovable
@ApplicationScoped
@Identifier(ThrottledFromFirstRecord.NAME)
public class ThrottledFromFirstRecord implements KafkaCommitHandler.Factory {
    static final String NAME = "throttled-from-first-record";

    private static final String LOOK_UP = "committed";

    private final KafkaCommitHandler.Factory throttled = new KafkaThrottledLatestProcessedCommit.Factory();

    @Override
    public KafkaCommitHandler create(
            KafkaConnectorIncomingConfiguration configuration,
            Vertx vertx,
            KafkaConsumer<?, ?> consumer,
            BiConsumer<Throwable, Boolean> reportFailure) {
        return throttled.create(configuration, vertx, withoutLookUp(consumer), reportFailure);
    }

    /** Returns the same consumer, with no committed offset known. */
    private static KafkaConsumer<?, ?> withoutLookUp(KafkaConsumer<?, ?> consumer) {
        return (KafkaConsumer<?, ?>) Proxy.newProxyInstance(
                KafkaConsumer.class.getClassLoader(),
                new Class<?>[] {KafkaConsumer.class},
                (proxy, method, arguments) -> method.getName().equals(LOOK_UP)
                        ? Uni.createFrom().item(Map.of())
                        : invoke(consumer, method, arguments));
    }

    private static Object invoke(KafkaConsumer<?, ?> consumer, Method method, Object[] arguments) throws Throwable {
        try {
            return method.invoke(consumer, arguments);
        } catch (InvocationTargetException e) {
            throw e.getCause();
        }
    }
}
