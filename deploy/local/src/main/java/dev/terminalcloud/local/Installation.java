package dev.terminalcloud.local;

import java.nio.file.Files;
import java.nio.file.Path;

/**
 * Where the built programs are.
 *
 * @param home the root of the repository, absolute
 */
record Installation(Path home) {
    /** The system property by which {@code deploy/local/run} tells where the repository is. */
    static final String HOME_PROPERTY = "terminalcloud.home";

    static Installation ofThisProcess() {
        return new Installation(
                Path.of(System.getProperty(HOME_PROPERTY, ".")).toAbsolutePath().normalize());
    }

    /** Where the stack keeps its data unless told otherwise. */
    Path data() {
        return home.resolve("deploy").resolve("local").resolve("data");
    }

    /** @throws StackException if it has not been built */
    Path serviceJar(String module) {
        Path jar = home.resolve(module).resolve("target").resolve("quarkus-app").resolve("quarkus-run.jar");
        if (!Files.exists(jar)) {
            throw new StackException("%s is missing: build it, as deploy/local/run does".formatted(jar));
        }
        return jar;
    }
}
