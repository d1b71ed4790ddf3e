package dev.terminalcloud.local;

import java.net.URI;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * The definition of a service process.
 *
 * @param name the name of its process and its log
 * @param program the arguments of {@code java}: {@code -jar} and a jar, or JVM options, a class path and a class
 * @param ports its HTTP ports
 * @param environment its configuration, secrets included
 * @param debugPort the port on 127.0.0.1 at which it accepts a debugger; empty for none
 */
record Service(
        String name,
        List<String> program,
        ServicePorts ports,
        Map<String, String> environment,
        Optional<Integer> debugPort) {
    Service(String name, List<String> program, ServicePorts ports, Map<String, String> environment) {
        this(name, program, ports, environment, Optional.empty());
    }

    static Service ofJar(String name, Path jar, ServicePorts ports, Map<String, String> environment) {
        return new Service(name, List.of("-jar", jar.toString()), ports, environment);
    }

    /** Returns the same service with a debugger at this port. */
    Service withDebugPort(Optional<Integer> port) {
        return new Service(name, program, ports, environment, port);
    }

    /** Returns the JVM options with which it accepts a debugger, without waiting for one; empty without a port. */
    List<String> debugOptions() {
        return debugPort
                .map(port -> "-agentlib:jdwp=transport=dt_socket,server=y,suspend=n,address=127.0.0.1:" + port)
                .stream()
                .toList();
    }

    /** Returns the address of its public API. */
    URI uri() {
        return uri(ports.http(), "");
    }

    /** Returns the address that answers whether it is ready. */
    URI readiness() {
        return management("/q/health/ready");
    }

    /** Returns an address of health and metrics. */
    URI management(String path) {
        return uri(ports.management(), path);
    }

    /** Returns an address of its administration API. */
    URI administration(String path) {
        return uri(ports.administration(), path);
    }

    private static URI uri(int port, String path) {
        return URI.create("http://127.0.0.1:%d%s".formatted(port, path));
    }

    /** Omits the environment, which contains passwords. */
    @Override
    public String toString() {
        return name + " on port " + ports.http();
    }
}
