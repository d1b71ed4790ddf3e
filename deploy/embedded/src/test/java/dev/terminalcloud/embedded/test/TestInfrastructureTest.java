package dev.terminalcloud.embedded.test;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.URL;
import java.net.URLClassLoader;
import java.nio.file.Path;
import java.sql.DriverManager;
import java.util.Arrays;
import java.util.Map;
import org.junit.jupiter.api.Test;

class TestInfrastructureTest {
    private static final Map<String, String> PAIRING = Map.of(TestInfrastructure.SERVICE, "pairing");

    @Test
    void testThatNamesNoServiceGetsKafkaOnly() {
        assertThat(start(Map.of())).containsOnlyKeys("kafka.bootstrap.servers");
    }

    @Test
    void testThatNamesAServiceGetsThatServicesSchema() throws Exception {
        Map<String, String> configuration = start(PAIRING);
        try (var connection = DriverManager.getConnection(
                configuration.get("quarkus.datasource.jdbc.url"),
                configuration.get("quarkus.datasource.username"),
                configuration.get("quarkus.datasource.password"))) {
            assertThat(connection.getSchema()).isEqualTo("pairing");
        }
        assertThat(configuration.get("quarkus.datasource.jdbc.url"))
                .isEqualTo("jdbc:" + configuration.get("quarkus.datasource.reactive.url"));
    }

    @Test
    void allApplicationsOfAProcessShareOneBrokerAndOneDatabase() {
        assertThat(start(PAIRING)).isEqualTo(start(PAIRING));
    }

    @Test
    void applicationInAClassLoaderOfItsOwnSharesThemToo() throws Exception {
        try (URLClassLoader own = new URLClassLoader(classPath(), ClassLoader.getPlatformClassLoader())) {
            Object resource = own.loadClass(TestInfrastructure.class.getName())
                    .getConstructor()
                    .newInstance();
            resource.getClass().getMethod("init", Map.class).invoke(resource, PAIRING);
            assertThat(resource.getClass().getMethod("start").invoke(resource)).isEqualTo(start(PAIRING));
        }
    }

    private static Map<String, String> start(Map<String, String> arguments) {
        TestInfrastructure infrastructure = new TestInfrastructure();
        infrastructure.init(arguments);
        return infrastructure.start();
    }

    private static URL[] classPath() {
        return Arrays.stream(System.getProperty("java.class.path").split(":"))
                .map(TestInfrastructureTest::url)
                .toArray(URL[]::new);
    }

    private static URL url(String entry) {
        try {
            return Path.of(entry).toUri().toURL();
        } catch (java.net.MalformedURLException e) {
            throw new IllegalArgumentException(entry, e);
        }
    }
}
