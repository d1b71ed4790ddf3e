package dev.terminalcloud.embedded.test;

import io.quarkus.test.common.QuarkusTestResourceLifecycleManager;
import java.lang.invoke.MethodHandle;
import java.lang.invoke.MethodHandles;
import java.lang.invoke.MethodType;
import java.util.Map;
import java.util.Optional;

/**
 * Provides a {@code @QuarkusTest} with a real Kafka that has all topics and, if the argument {@value #SERVICE} names a service, a real
 * PostgreSQL with that service's role and schema:
 *
 * <pre>{@code @QuarkusTestResource(value = TestInfrastructure.class,
 *     initArgs = @ResourceArg(name = "service", value = "pairing"))}</pre>
 *
 * <p>There is one broker and one database per test process, started on first use and stopped with the process, so tests share topics
 * and tables, and must use their own ids. Both are embedded, or containers if the system property
 * {@value Infrastructure#PROPERTY} is {@code containers}.
 */
public final class TestInfrastructure implements QuarkusTestResourceLifecycleManager {
    /** The argument that names the service whose schema is needed. */
    public static final String SERVICE = "service";

    private Optional<String> service = Optional.empty();

    @Override
    public void init(Map<String, String> arguments) {
        service = Optional.ofNullable(arguments.get(SERVICE));
    }

    @Override
    public Map<String, String> start() {
        ClassLoader loader = ofTheProcess();
        Thread thread = Thread.currentThread();
        ClassLoader previous = thread.getContextClassLoader();
        thread.setContextClassLoader(loader);
        try {
            return configuration(loader);
        } finally {
            thread.setContextClassLoader(previous);
        }
    }

    /** Does nothing: the next application that is tested in this process uses the same servers. */
    @Override
    public void stop() {}

    /**
     * Returns the class loader of the process. Quarkus reloads test resources for each application that it starts, and closes their
     * class loader afterwards, but the broker has to survive. The class loader of the process has the same class path.
     */
    private static ClassLoader ofTheProcess() {
        ClassLoader system = ClassLoader.getSystemClassLoader();
        String name = TestInfrastructure.class.getName().replace('.', '/') + ".class";
        return system.getResource(name) == null ? TestInfrastructure.class.getClassLoader() : system;
    }

    @SuppressWarnings("unchecked")
    private Map<String, String> configuration(ClassLoader loader) {
        try {
            MethodHandle configuration = MethodHandles.publicLookup()
                    .findStatic(
                            loader.loadClass(Infrastructure.class.getName()),
                            "configuration",
                            MethodType.methodType(Map.class, Optional.class));
            return (Map<String, String>) configuration.invoke(service);
        } catch (RuntimeException | Error e) {
            throw e;
        } catch (Throwable e) {
            throw new IllegalStateException(e);
        }
    }
}
