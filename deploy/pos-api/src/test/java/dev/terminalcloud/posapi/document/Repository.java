package dev.terminalcloud.posapi.document;

import java.nio.file.Path;
import java.util.List;

/** Paths of the parts and of the merged document. */
final class Repository {
    private Repository() {}

    static Path introduction() {
        return module().resolve("src/test/resources/introduction.yaml");
    }

    /** Returns the parts that the builds of the services have written. */
    static List<Path> parts() {
        return List.of(
                root().resolve("pairing-service/target/openapi/openapi.yaml"),
                root().resolve("transaction-service/target/openapi/openapi.yaml"));
    }

    static Path committed() {
        return module().resolve("src/main/resources/docs/pos-api.yaml");
    }

    static Path generated() {
        return module().resolve("target/pos-api.yaml");
    }

    static Path generatedErrors() {
        return module().resolve("target/errors.md");
    }

    static Path readme() {
        return module().resolve("README.md");
    }

    static Path root() {
        return Path.of(System.getProperty("terminalcloud.root"))
                .toAbsolutePath()
                .normalize();
    }

    private static Path module() {
        return root().resolve("deploy/pos-api");
    }
}
