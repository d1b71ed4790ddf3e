package dev.terminalcloud.systemtests;

import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static com.tngtech.archunit.library.dependencies.SlicesRuleDefinition.slices;
import static dev.terminalcloud.systemtests.ProductionClasses.ALL;
import static dev.terminalcloud.systemtests.ProductionClasses.MODULES;
import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.ConcurrentHashMap;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Dependencies between modules and between packages: those of the tables, and no cycles. */
class ArchitectureTest {
    /** The packages below {@code dev.terminalcloud}, each with the other packages that it depends on: with these, and with no others. */
    private static final Map<String, Set<String>> DEPENDENCIES = Map.ofEntries(
            row("events"),
            row("network"),
            row("carddata"),
            row("startup", "events"),
            row("tracing", "events"),
            row("database"),
            row("retention"),
            row("servicestart", "startup", "database"),
            row("outbox", "events", "startup", "servicestart", "database", "tracing"),
            row("inbox", "events", "outbox", "startup", "servicestart", "database", "tracing"),
            row("routes", "events", "servicestart", "startup", "database"),
            row("httpserver"),
            row("posapi", "network", "carddata", "tracing"),
            row("callbackurl", "posapi"),
            row("administration", "events", "outbox", "inbox", "posapi", "database", "network", "retention"),
            row(
                    "pairing",
                    "events",
                    "network",
                    "carddata",
                    "startup",
                    "database",
                    "retention",
                    "outbox",
                    "servicestart",
                    "inbox",
                    "routes",
                    "httpserver",
                    "posapi",
                    "callbackurl",
                    "administration",
                    "tracing"),
            row(
                    "transaction",
                    "events",
                    "network",
                    "startup",
                    "servicestart",
                    "database",
                    "retention",
                    "outbox",
                    "inbox",
                    "routes",
                    "httpserver",
                    "posapi",
                    "callbackurl",
                    "administration",
                    "tracing"),
            row("connector", "events", "network", "carddata", "startup", "tracing"),
            row("embedded", "events", "network", "database", "outbox", "inbox"),
            row("local", "events", "network", "embedded", "virtualdevice"),
            row("virtualdevice"),
            row("virtualregister"),
            row("certification", "carddata"),
            row("bareendpoint"),
            row("benchmark", "virtualdevice", "virtualregister"),
            row("checker", "virtualdevice", "virtualregister"),
            row("images"));

    private static final Map<ProjectModule, Map<String, Set<String>>> PACKAGES = new ConcurrentHashMap<>();

    @Test
    void packagesHaveTheDependenciesOfTheTable() {
        Map<String, Set<String>> found = PackageDependencies.of(ALL);

        assertThat(found.keySet()).as("packages with a row").isEqualTo(new TreeSet<>(DEPENDENCIES.keySet()));
        assertThat(found)
                .allSatisfy((name, used) ->
                        assertThat(used).as("packages that %s depends on", name).isEqualTo(DEPENDENCIES.get(name)));
    }

    /** A module that only gets another one by way of a third would lose it with a change of the third. */
    @Test
    void modulesDeclareTheModulesThatTheyUse() {
        assertThat(MODULES).allSatisfy(module -> assertThat(modulesUsedBy(module))
                .as("modules that the POM of %s must have in the scope compile", module.path())
                .isEqualTo(module.dependencies()));
    }

    private static Set<String> modulesUsedBy(ProjectModule module) {
        Set<String> used = new TreeSet<>();
        for (Set<String> packages : packagesOf(module).values()) {
            packages.stream()
                    .map(ArchitectureTest::ownerOf)
                    .filter(owner -> !owner.equals(module))
                    .forEach(owner -> used.add(owner.name()));
        }
        return used;
    }

    /** Returns the only module with classes in this package. */
    private static ProjectModule ownerOf(String name) {
        List<ProjectModule> owners = MODULES.stream()
                .filter(module -> packagesOf(module).containsKey(name))
                .toList();
        assertThat(owners).as("the module with the package %s", name).hasSize(1);
        return owners.get(0);
    }

    private static Map<String, Set<String>> packagesOf(ProjectModule module) {
        return PACKAGES.computeIfAbsent(module, any -> PackageDependencies.of(ProductionClasses.of(any)));
    }

    @Test
    void eventsAreRecordsAndNothingMore() {
        noClasses()
                .that()
                .resideInAPackage("dev.terminalcloud.events..")
                .should()
                .dependOnClassesThat()
                .resideInAnyPackage(
                        "io.quarkus..",
                        "io.vertx..",
                        "io.smallrye..",
                        "jakarta..",
                        "java.net.http..",
                        "java.sql..",
                        "org.hibernate..")
                .check(ALL);
    }

    @Test
    void connectorHasNoDatabase() {
        noClasses()
                .that()
                .resideInAPackage("dev.terminalcloud.connector..")
                .should()
                .dependOnClassesThat()
                .resideInAnyPackage(
                        "java.sql..",
                        "javax.sql..",
                        "jakarta.persistence..",
                        "org.hibernate..",
                        "org.flywaydb..",
                        "io.vertx.sqlclient..",
                        "io.vertx.pgclient..",
                        "io.vertx.mutiny.sqlclient..",
                        "io.vertx.mutiny.pgclient..")
                .check(ALL);
    }

    @Test
    void servicesDoNotCallEachOther() {
        noClasses()
                .that()
                .resideInAnyPackage("dev.terminalcloud.pairing..", "dev.terminalcloud.connector..")
                .should()
                .dependOnClassesThat()
                .resideInAnyPackage("java.net.http..", "io.vertx.ext.web.client..", "jakarta.ws.rs.client..")
                .check(ALL);
    }

    /** A package with those below it, at the first and at the second level; and each package by itself, the root of a module too. */
    @ParameterizedTest
    @ValueSource(strings = {"dev.terminalcloud.(*)..", "dev.terminalcloud.(*).(*)..", "dev.terminalcloud.(**)"})
    void packagesHaveNoCycles(String packages) {
        slices().matching(packages).should().beFreeOfCycles().check(ALL);
    }

    private static Map.Entry<String, Set<String>> row(String name, String... used) {
        return Map.entry(name, Set.of(used));
    }
}
