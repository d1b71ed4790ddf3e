package dev.terminalcloud.systemtests;

import static dev.terminalcloud.systemtests.ProductionClasses.MODULES;
import static dev.terminalcloud.systemtests.ProductionClasses.SERVICES;
import static org.assertj.core.api.Assertions.assertThat;

import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.core.domain.JavaMethod;
import com.tngtech.archunit.core.domain.JavaModifier;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** The pages of the services have a row for each configuration key, and describe each health check. */
class ReferencePagesTest {
    private static final String CONFIG_MAPPING = "io.smallrye.config.ConfigMapping";
    private static final Pattern HUMP = Pattern.compile("(?<=[a-z0-9])(?=[A-Z])");
    private static final Pattern FIRST_CELL = Pattern.compile("(?m)^\\|([^|]*)\\|");
    private static final Pattern KEYS_UNDER = Pattern.compile("key under `([a-z.-]+)`");
    private static final Pattern CODE = Pattern.compile("`([^`]+)`");
    private static final Pattern NAME_OF_CHECK = Pattern.compile("HealthCheckResponse\\s*\\.named\\(\"([^\"]+)\"\\)");
    private static final String HEALTH_CHECK = "org.eclipse.microprofile.health.HealthCheck";
    private static final List<String> KINDS_OF_CHECKS =
            List.of("org.eclipse.microprofile.health.Readiness", "org.eclipse.microprofile.health.Liveness");

    @Test
    void eachConfigurationKeyHasARow() {
        Set<String> keys = keys();
        Set<String> rows = documentedKeys();

        assertThat(keys).isNotEmpty();
        assertThat(keys)
                .filteredOn(key -> !rows.contains(key) && !rows.contains(variable(key)))
                .as("keys without a row in the page configuration.md of their module")
                .isEmpty();
    }

    @Test
    void eachHealthCheckIsDescribed() {
        Set<String> checks = healthChecks();
        String pages = pages("metrics.md", "README.md");

        assertThat(checks).isNotEmpty().allSatisfy(check -> assertThat(pages)
                .containsPattern("(?:readiness,|liveness,|check) `%s`".formatted(Pattern.quote(check))));
    }

    /** Without the interface the platform ignores the annotation, and this class does not see the check. */
    @Test
    void eachKindOfCheckIsOnACheck() {
        assertThat(SERVICES.stream().filter(type -> KINDS_OF_CHECKS.stream().anyMatch(type::isAnnotatedWith)))
                .isNotEmpty()
                .allSatisfy(type -> assertThat(type.getRawInterfaces())
                        .as(type.getName())
                        .extracting(JavaClass::getName)
                        .contains(HEALTH_CHECK));
    }

    private static Set<String> keys() {
        Set<String> keys = new TreeSet<>();
        SERVICES.stream()
                .filter(type -> type.isAnnotatedWith(CONFIG_MAPPING))
                .forEach(type -> addKeys(type, prefixOf(type), keys));
        return keys;
    }

    private static String prefixOf(JavaClass mapping) {
        return mapping.getAnnotationOfType(CONFIG_MAPPING)
                .get("prefix")
                .map(String.class::cast)
                .orElseThrow();
    }

    private static void addKeys(JavaClass group, String prefix, Set<String> keys) {
        for (JavaMethod method : group.getMethods()) {
            if (!method.getModifiers().contains(JavaModifier.ABSTRACT)) {
                continue;
            }
            String key = prefix + "."
                    + HUMP.matcher(method.getName()).replaceAll("-").toLowerCase(Locale.ROOT);
            JavaClass type = method.getRawReturnType();
            if (type.isInterface() && type.getPackageName().startsWith("dev.terminalcloud")) {
                addKeys(type, key, keys);
            } else {
                keys.add(key);
            }
        }
    }

    /** Returns the environment variable of the key. */
    private static String variable(String key) {
        return key.replaceAll("[.-]", "_").toUpperCase(Locale.ROOT);
    }

    private static Set<String> documentedKeys() {
        Set<String> keys = new TreeSet<>();
        String prefix = "";
        Matcher cells = FIRST_CELL.matcher(pages("configuration.md"));
        while (cells.find()) {
            String cell = cells.group(1);
            Matcher under = KEYS_UNDER.matcher(cell);
            if (under.find()) {
                prefix = under.group(1) + ".";
            } else if (cell.contains(" key ") || cell.contains(" variable ")) {
                prefix = "";
            } else {
                for (String code : CODE.matcher(cell)
                        .results()
                        .map(found -> found.group(1))
                        .toList()) {
                    keys.add(prefix + code);
                }
            }
        }
        return keys;
    }

    private static Set<String> healthChecks() {
        Set<String> checks = new TreeSet<>();
        SERVICES.stream()
                .filter(type -> type.getRawInterfaces().stream()
                        .anyMatch(role -> role.getName().equals(HEALTH_CHECK)))
                .forEach(type -> {
                    assertThat(KINDS_OF_CHECKS)
                            .as("kind of the health check %s", type.getName())
                            .anyMatch(type::isAnnotatedWith);
                    Matcher name = NAME_OF_CHECK.matcher(read(sourceOf(type)));
                    assertThat(name.find())
                            .as("name of the health check %s", type.getName())
                            .isTrue();
                    checks.add(name.group(1));
                });
        return checks;
    }

    private static Path sourceOf(JavaClass type) {
        String file = "src/main/java/%s.java".formatted(type.getName().replace('.', '/'));
        return MODULES.stream()
                .map(module -> module.folder().resolve(file))
                .filter(Files::exists)
                .findFirst()
                .orElseThrow();
    }

    /** Returns the pages with these names of all modules that run in production, and of their parent. */
    private static String pages(String... names) {
        StringBuilder pages = new StringBuilder();
        Stream.concat(
                        Stream.of(Installation.root().resolve("shared-events")),
                        MODULES.stream().filter(ProjectModule::isProduction).map(ProjectModule::folder))
                .flatMap(folder -> Stream.of(names).map(folder::resolve))
                .filter(Files::exists)
                .forEach(page -> pages.append(read(page)));
        return pages.toString();
    }

    private static String read(Path file) {
        try {
            return Files.readString(file);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
