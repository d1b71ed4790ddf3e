package dev.terminalcloud.local;

import java.net.URI;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;

/**
 * The definition of a service process.
 *
 * @param name the name of its process and its log
 * @param program the arguments after the JVM options: {@code -jar} and a jar, or a class path and a class
 * @param httpPort its HTTP port on 127.0.0.1, for readiness too
 * @param environment its configuration, secrets included
 */
record Service(String name, List<String> program, int httpPort, Map<String, String> environment) {
    static Service ofJar(String name, Path jar, int httpPort, Map<String, String> environment) {
        return new Service(name, List.of("-jar", jar.toString()), httpPort, environment);
    }

    URI uri(String path) {
        return URI.create("http://127.0.0.1:%d%s".formatted(httpPort, path));
    }

    /** Omits the environment, which contains passwords. */
    @Override
    public String toString() {
        return name + " on port " + httpPort;
    }
}
