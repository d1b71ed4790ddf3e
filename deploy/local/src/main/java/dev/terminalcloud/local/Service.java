package dev.terminalcloud.local;

import java.net.URI;
import java.nio.file.Path;
import java.util.Map;

/**
 * A service as it is to be run.
 *
 * @param name the name that its process and its log carry
 * @param jar what is run
 * @param httpPort where it answers HTTP on 127.0.0.1, its readiness included
 * @param environment its configuration, secrets included
 */
record Service(String name, Path jar, int httpPort, Map<String, String> environment) {
    URI uri(String path) {
        return URI.create("http://127.0.0.1:%d%s".formatted(httpPort, path));
    }

    /** Without the environment, which has passwords in it. */
    @Override
    public String toString() {
        return name + " on port " + httpPort;
    }
}
