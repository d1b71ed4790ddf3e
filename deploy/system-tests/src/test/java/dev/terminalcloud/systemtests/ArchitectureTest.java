package dev.terminalcloud.systemtests;

import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static com.tngtech.archunit.library.dependencies.SlicesRuleDefinition.slices;
import static dev.terminalcloud.systemtests.ProductionClasses.ALL;
import static dev.terminalcloud.systemtests.ProductionClasses.packagesExcept;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Who may know whom, between modules and between packages. */
class ArchitectureTest {
    /** Besides itself, a module knows these of ours, and nothing else. */
    @ParameterizedTest
    @CsvSource({
        "events,        ''",
        "network,       ''",
        "posapi,        ''",
        "outbox,        events",
        "startup,       events",
        "inbox,         events|outbox|startup",
        "routes,        events|outbox|inbox|startup",
        "administration, events|outbox|inbox|posapi",
        "pairing,       events|outbox|inbox|routes|posapi|network|administration|startup",
        "transaction,   events|outbox|inbox|routes|posapi|administration|startup",
        "connector,     events|network|startup",
        "embedded,      events",
        "local,         embedded|virtualdevice",
        "virtualdevice, ''",
        "certification, ''",
        "benchmark,     virtualdevice",
        "checker,       virtualdevice"
    })
    void moduleDependsOnAllowedPackagesOnly(String module, String known) {
        noClasses()
                .that()
                .resideInAPackage("dev.terminalcloud." + module + "..")
                .should()
                .dependOnClassesThat()
                .resideInAnyPackage(packagesExcept((module + "|" + known).split("\\|")))
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

    /** A module's own root is left out: it has the configuration that all packages read, and puts them together. */
    @Test
    void packagesOfAModuleHaveNoCycles() {
        slices().matching("dev.terminalcloud.(*).(*)..")
                .should()
                .beFreeOfCycles()
                .check(ALL);
    }
}
