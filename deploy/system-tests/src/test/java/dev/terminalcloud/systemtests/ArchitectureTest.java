package dev.terminalcloud.systemtests;

import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static com.tngtech.archunit.library.dependencies.SlicesRuleDefinition.slices;
import static dev.terminalcloud.systemtests.ProductionClasses.ALL;
import static dev.terminalcloud.systemtests.ProductionClasses.packagesExcept;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Allowed dependencies between modules and between packages. */
class ArchitectureTest {
    /** A module depends on itself and on these packages of the project, and on no others. */
    @ParameterizedTest
    @CsvSource({
        "events,        ''",
        "network,       ''",
        "carddata,      ''",
        "posapi,        httpserver|carddata",
        "httpserver,    ''",
        "retention,     ''",
        "outbox,        events",
        "startup,       events",
        "database,      startup",
        "inbox,         events|outbox|startup|database",
        "routes,        events|outbox|inbox|startup",
        "administration,events|outbox|inbox|posapi|database|network|retention",
        "pairing,       events|outbox|inbox|routes|posapi|network|administration|startup|database|httpserver|retention|carddata",
        "transaction,   events|outbox|inbox|routes|posapi|administration|startup|database|httpserver|retention",
        "connector,     events|network|startup|carddata",
        "embedded,      events|network",
        "local,         embedded|virtualdevice|httpserver|events",
        "virtualdevice, ''",
        "certification, carddata",
        "benchmark,     virtualdevice",
        "checker,       virtualdevice"
    })
    void moduleDependsOnAllowedPackagesOnly(String module, String allowed) {
        noClasses()
                .that()
                .resideInAPackage("dev.terminalcloud." + module + "..")
                .should()
                .dependOnClassesThat()
                .resideInAnyPackage(packagesExcept((module + "|" + allowed).split("\\|")))
                .check(ALL);
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

    /** The root package of a module is exempt: it has the configuration that all packages read, and connects them. */
    @Test
    void packagesOfAModuleHaveNoCycles() {
        slices().matching("dev.terminalcloud.(*).(*)..")
                .should()
                .beFreeOfCycles()
                .check(ALL);
    }
}
