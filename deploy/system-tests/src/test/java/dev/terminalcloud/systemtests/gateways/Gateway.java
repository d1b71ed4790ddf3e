package dev.terminalcloud.systemtests.gateways;

import static org.assertj.core.api.Assertions.assertThat;

import dev.terminalcloud.systemtests.Installation;
import dev.terminalcloud.systemtests.InstalledProgram;
import dev.terminalcloud.systemtests.LocalStack;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;

/** The gateways with a documented configuration in {@code deploy/kubernetes}, each as it is installed on this machine. */
public enum Gateway {
    NGINX("nginx", "overlays/trial/nginx.conf", "listen 8080;", "listen 127.0.0.1:%d;", "http://%s;") {
        @Override
        List<String> command(String program, Path configuration) {
            String user = System.getProperty("user.name");
            return List.of(
                    program,
                    "-p",
                    configuration.getParent().toString(),
                    "-c",
                    configuration.toString(),
                    "-e",
                    "/dev/stderr",
                    "-g",
                    "daemon off; user " + user + ";");
        }
    },
    HAPROXY("haproxy", "examples/haproxy.cfg", "bind :8080", "bind 127.0.0.1:%d", " %s:80") {
        @Override
        List<String> command(String program, Path configuration) {
            return List.of(program, "-db", "-f", configuration.toString());
        }
    };

    private final String program;
    private final String file;
    private final String listens;
    private final String listensHere;
    private final String origin;

    /**
     * @param listens the documented address on which it listens
     * @param listensHere the same for a port on this machine
     * @param origin how the configuration writes the address of a service
     */
    Gateway(String program, String file, String listens, String listensHere, String origin) {
        this.program = program;
        this.file = file;
        this.listens = listens;
        this.listensHere = listensHere;
        this.origin = origin;
    }

    abstract List<String> command(String program, Path configuration);

    boolean isInstalled() {
        return InstalledProgram.find(program).isPresent();
    }

    /**
     * Starts it with the documented configuration, of which only addresses and folders are changed, and returns when it accepts
     * connections.
     *
     * @param folder an empty one
     */
    public RunningGateway start(Origins origins, Path folder) throws IOException {
        int port = LocalStack.freePort();
        Path configuration = folder.resolve(program + ".conf");
        Files.writeString(configuration, configuration(origins, port, folder));
        Path log = folder.resolve(program + ".log");
        String installed = InstalledProgram.find(program)
                .orElseThrow(() -> new IllegalStateException(program + " is not installed"))
                .toString();
        Process process = new ProcessBuilder(command(installed, configuration))
                .redirectErrorStream(true)
                .redirectOutput(log.toFile())
                .start();
        return RunningGateway.of(process, port, log);
    }

    private String configuration(Origins origins, int port, Path folder) throws IOException {
        Path documented = Installation.root().resolve("deploy/kubernetes").resolve(file);
        String text = replaced(Files.readString(documented), listens, listensHere.formatted(port));
        for (Map.Entry<String, String> address : origins.addresses().entrySet()) {
            String written = origin.formatted(address.getKey());
            text = replaced(text, written, written.replaceFirst(address.getKey() + "(:80)?", address.getValue()));
        }
        return text.replace("/tmp/", folder + "/");
    }

    private static String replaced(String text, String documented, String here) {
        assertThat(text).containsOnlyOnce(documented);
        return text.replace(documented, here);
    }
}
