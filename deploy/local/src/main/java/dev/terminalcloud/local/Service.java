package dev.terminalcloud.local;

import java.net.URI;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;

/**
 * A service as it is to be run.
 *
 * @param name the name that its process and its log carry
 * @param program what follows the options of Java: {@code -jar} and a jar, or a class path and a class
 * @param httpPort where it answers HTTP on 127.0.0.1, its readiness included
 * @param environment its configuration, secrets included
 */
record Service(String name, List<String> program, int httpPort, Map<String, String> environment) {
    static Service ofJar(String name, Path jar, int httpPort, Map<String, String> environment) {
        return new Service(name, List.of("-jar", jar.toString()), httpPort, environment);
    }

    URI uri(String path) {
        return URI.create("http://127.0.0.1:%d%s".formatted(httpPort, path));
    }

    /** Without the environment, which has passwords in it. */
    @Override
    public String toString() {
        return name + " on port " + httpPort;
    }
}
