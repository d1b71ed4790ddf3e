package dev.terminalcloud.connector;

import static com.tngtech.archunit.core.domain.JavaClass.Predicates.resideInAPackage;
import static com.tngtech.archunit.core.domain.JavaClass.Predicates.resideOutsideOfPackages;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.classes;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static com.tngtech.archunit.library.dependencies.SlicesRuleDefinition.slices;

import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.core.importer.ImportOption;
import org.junit.jupiter.api.Test;

/** Allowed dependencies between packages. */
class ArchitectureTest {
    private static final String ROOT = "dev.terminalcloud.connector";
    private static final JavaClasses CONNECTOR = new ClassFileImporter()
            .withImportOption(ImportOption.Predefined.DO_NOT_INCLUDE_TESTS)
            .importPackages(ROOT);

    @Test
    void packagesDoNotDependOnEachOtherInCircles() {
        slices().matching("dev.terminalcloud.(**)").should().beFreeOfCycles().check(CONNECTOR);
    }

    @Test
    void protocolIsPure() {
        classes()
                .that()
                .resideInAPackage(ROOT + ".protocol")
                .should()
                .onlyDependOnClassesThat()
                .resideInAnyPackage(
                        ROOT + ".protocol",
                        "dev.terminalcloud.events",
                        "dev.terminalcloud.carddata",
                        "com.fasterxml.jackson..",
                        "java..")
                .check(CONNECTOR);
    }

    @Test
    void sessionsKnowNothingOfListeningOrOfKafkaClients() {
        noClasses()
                .that()
                .resideInAPackage(ROOT + ".session")
                .should()
                .dependOnClassesThat()
                .resideInAnyPackage(ROOT + ".mqtt", ROOT + ".registry", ROOT + ".command", "org.apache.kafka..")
                .check(CONNECTOR);
    }

    @Test
    void connectorUsesNothingOfTheServicesWithADatabase() {
        noClasses()
                .should()
                .dependOnClassesThat(resideInAPackage("dev.terminalcloud..")
                        .and(resideOutsideOfPackages(
                                ROOT + "..",
                                "dev.terminalcloud.events",
                                "dev.terminalcloud.startup",
                                "dev.terminalcloud.tracing",
                                "dev.terminalcloud.network",
                                "dev.terminalcloud.carddata")))
                .check(CONNECTOR);
    }
}
