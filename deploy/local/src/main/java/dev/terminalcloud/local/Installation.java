package dev.terminalcloud.local;

import java.nio.file.Files;
import java.nio.file.Path;

/**
 * The location of the built programs.
 *
 * @param home the root of the repository, absolute
 */
record Installation(Path home) {
    /** The system property in which {@code deploy/local/run} passes the root of the repository. */
    static final String HOME_PROPERTY = "terminalcloud.home";

    static Installation ofThisProcess() {
        return new Installation(
                Path.of(System.getProperty(HOME_PROPERTY, ".")).toAbsolutePath().normalize());
    }

    /** Returns the default data folder. */
    Path data() {
        return home.resolve("deploy").resolve("local").resolve("data");
    }

    /** Returns the folder of the Kubernetes manifests of the services. */
    Path manifests() {
        return home.resolve("deploy").resolve("kubernetes").resolve("base");
    }

    /** @throws StackException if the service has not been built */
    Path serviceJar(String module) {
        Path jar = home.resolve(module).resolve("target").resolve("quarkus-app").resolve("quarkus-run.jar");
        if (!Files.exists(jar)) {
            throw new StackException("%s is missing. Build it with deploy/local/run".formatted(jar));
        }
        return jar;
    }
}
