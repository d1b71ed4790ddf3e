package dev.terminalcloud.kubernetes.configuration;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.function.Predicate;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.apache.kafka.clients.admin.AdminClientConfig;
import org.apache.kafka.clients.consumer.ConsumerConfig;
import org.apache.kafka.clients.producer.ProducerConfig;

/** The environment variables that a service reads, found in what the build made of it: nothing is listed by hand that code knows. */
public final class ServiceVariables implements Predicate<String> {
    private static final Pattern NOT_ALPHANUMERIC = Pattern.compile("[^A-Z0-9]");

    /** Read by the JVM itself. */
    private static final String JVM = "JDK_JAVA_OPTIONS";

    private static final Set<String> KAFKA = Stream.of(
                    ConsumerConfig.configNames(), ProducerConfig.configNames(), AdminClientConfig.configNames())
            .flatMap(Set::stream)
            .map(setting -> variable("kafka." + setting))
            .collect(Collectors.toSet());

    private final Set<String> own;
    private final QuarkusVariables quarkus;

    private ServiceVariables(Set<String> own, QuarkusVariables quarkus) {
        this.own = own;
        this.quarkus = quarkus;
    }

    /**
     * Reads what the build of the service has left in its folder.
     *
     * @throws IllegalStateException if the service is not built
     */
    public static ServiceVariables of(Path service) {
        Path application = service.resolve("target/quarkus-app");
        List<Path> libraries = jars(application.resolve("lib/main"));
        List<Path> own = Stream.concat(
                        jars(application.resolve("app")).stream(),
                        libraries.stream()
                                .filter(jar -> jar.getFileName().toString().startsWith("dev.terminalcloud.")))
                .toList();
        Set<String> keys = OwnKeys.read(own, service.resolve("src/main/resources/application.properties"));
        return new ServiceVariables(
                keys.stream().map(ServiceVariables::variable).collect(Collectors.toSet()),
                QuarkusVariables.read(libraries));
    }

    @Override
    public boolean test(String variable) {
        return variable.equals(JVM) || own.contains(variable) || KAFKA.contains(variable) || quarkus.contains(variable);
    }

    /** Returns the variable of a key, by the rule of MicroProfile Config. */
    private static String variable(String key) {
        return NOT_ALPHANUMERIC.matcher(key.toUpperCase(Locale.ROOT)).replaceAll("_");
    }

    private static List<Path> jars(Path folder) {
        if (!Files.isDirectory(folder)) {
            throw new IllegalStateException(
                    "%s does not exist. Build the services first: ./mvnw package".formatted(folder));
        }
        try (Stream<Path> files = Files.list(folder)) {
            return files.filter(file -> file.toString().endsWith(".jar")).toList();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
