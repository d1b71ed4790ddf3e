package dev.terminalcloud.systemtests;

import static com.tngtech.archunit.core.domain.JavaClass.Predicates.resideOutsideOfPackages;

import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Stream;

/** The production classes of the modules, read once from where the build put them. */
final class ProductionClasses {
    private static final List<String> MODULES = List.of(
            "shared-events",
            "pairing-service",
            "transaction-service",
            "device-connector",
            "deploy/embedded",
            "deploy/local",
            "deploy/virtual-device",
            "deploy/certification",
            "deploy/benchmark",
            "deploy/checker");

    /** The classes of all modules. */
    static final JavaClasses ALL = new ClassFileImporter()
            .importPaths(MODULES.stream().map(ProductionClasses::classesOf).toList());

    /** The classes that run in production. */
    static final JavaClasses SERVICES = ALL.that(resideOutsideOfPackages(
            "dev.terminalcloud.embedded..",
            "dev.terminalcloud.local..",
            "dev.terminalcloud.virtualdevice..",
            "dev.terminalcloud.certification..",
            "dev.terminalcloud.benchmark..",
            "dev.terminalcloud.checker.."));

    private ProductionClasses() {}

    private static Path classesOf(String module) {
        Path classes = Installation.root().resolve(module).resolve("target/classes");
        if (!Files.isDirectory(classes)) {
            throw new IllegalStateException(module + " is not built: " + classes + " is missing");
        }
        return classes;
    }

    /** Returns the packages of the project except these. */
    static String[] packagesExcept(String... allowed) {
        return Stream.of(
                        "administration",
                        "carddata",
                        "database",
                        "events",
                        "inbox",
                        "network",
                        "outbox",
                        "posapi",
                        "retention",
                        "routes",
                        "startup",
                        "pairing",
                        "transaction",
                        "connector",
                        "embedded",
                        "local",
                        "virtualdevice",
                        "certification",
                        "benchmark",
                        "checker")
                .filter(name -> !Arrays.asList(allowed).contains(name))
                .map(name -> "dev.terminalcloud." + name + "..")
                .toArray(String[]::new);
    }
}
