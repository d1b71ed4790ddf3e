package dev.terminalcloud.systemtests;

import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.function.Predicate;

/** The production classes of the modules, read once from where the build put them. */
public final class ProductionClasses {
    /** The modules with classes that are not tests. */
    static final List<ProjectModule> MODULES =
            ProjectModule.all().stream().filter(ProjectModule::hasMainClasses).toList();

    /** The classes of all modules. */
    static final JavaClasses ALL = of(module -> true);

    /** The classes that run in production. */
    public static final JavaClasses SERVICES = of(ProjectModule::isProduction);

    private ProductionClasses() {}

    /** Reads the classes of one module. */
    static JavaClasses of(ProjectModule module) {
        return of(module::equals);
    }

    private static JavaClasses of(Predicate<ProjectModule> included) {
        return new ClassFileImporter()
                .importPaths(MODULES.stream()
                        .filter(included)
                        .map(ProductionClasses::folderOf)
                        .toList());
    }

    private static Path folderOf(ProjectModule module) {
        Path classes = module.folder().resolve("target/classes");
        if (!Files.isDirectory(classes)) {
            throw new IllegalStateException(
                    "%s is not built: %s is missing. Build all modules first: ./mvnw package -DskipTests"
                            .formatted(module.path(), classes));
        }
        return classes;
    }
}
