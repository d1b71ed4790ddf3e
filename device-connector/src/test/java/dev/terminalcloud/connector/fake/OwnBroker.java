package dev.terminalcloud.connector.fake;

import dev.terminalcloud.embedded.EmbeddedKafka;
import io.quarkus.test.common.QuarkusTestResourceLifecycleManager;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.Map;
import java.util.stream.Stream;

/** A Kafka broker for one test application alone, which can be stopped and restarted on its data. */
public final class OwnBroker implements QuarkusTestResourceLifecycleManager {
    private Path folder;
    private Path data;
    private EmbeddedKafka kafka;

    @Override
    public Map<String, String> start() {
        try {
            folder = Files.createTempDirectory("own-broker");
            data = folder.resolve("first");
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        kafka = EmbeddedKafka.start(data, 0);
        return Map.of("kafka.bootstrap.servers", kafka.bootstrapServers());
    }

    public void pause() {
        kafka.close();
    }

    /** Starts again on no data, as if all of them were lost. */
    public void resumeWithoutData() {
        data = data.resolveSibling("next");
        resume();
    }

    public void resume() {
        kafka = EmbeddedKafka.start(data, kafka.port());
    }

    @Override
    public void inject(TestInjector injector) {
        injector.injectIntoFields(this, new TestInjector.MatchesType(OwnBroker.class));
    }

    @Override
    public void stop() {
        kafka.close();
        try (Stream<Path> files = Files.walk(folder)) {
            files.sorted(Comparator.reverseOrder())
                    .forEach(file -> file.toFile().delete());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
