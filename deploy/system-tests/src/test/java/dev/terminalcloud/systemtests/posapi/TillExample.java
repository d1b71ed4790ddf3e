package dev.terminalcloud.systemtests.posapi;

import static org.junit.jupiter.api.Assumptions.assumeTrue;

import dev.terminalcloud.systemtests.Installation;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/**
 * The till of {@code deploy/pos-api/examples} in one language, and its receiver of callbacks.
 *
 * <p>A language that this machine lacks is skipped, with a message, unless the environment requires it.
 */
enum TillExample {
    CURL("sh", "till.sh", null),
    JAVASCRIPT("node", "till-node.mjs", "callback.mjs"),
    PYTHON("python3", "till.py", "callback.py"),
    JAVA(Path.of(System.getProperty("java.home"), "bin", "java").toString(), "Till.java", "Callback.java"),
    PHP("php", "till.php", "callback.php");

    private static final Path FOLDER = Installation.root().resolve("deploy/pos-api/examples");
    private static final String VARIABLE = "TERMINAL_CLOUD_EXAMPLES";

    private final String interpreter;
    private final String till;
    private final String callback;

    TillExample(String interpreter, String till, String callback) {
        this.interpreter = interpreter;
        this.till = till;
        this.callback = callback;
    }

    /** Skips the test if this machine can't run the example, unless the environment requires it. */
    void assumeInstalled() throws InterruptedException {
        boolean canRun = isInstalled() || "required".equals(System.getenv(VARIABLE));
        if (!canRun) {
            System.err.println("The example in " + this + " is skipped: it needs " + String.join(" ", check()));
        }
        assumeTrue(canRun, () -> this + " is not installed");
    }

    private boolean isInstalled() throws InterruptedException {
        try {
            Process process = new ProcessBuilder(check())
                    .redirectErrorStream(true)
                    .redirectOutput(ProcessBuilder.Redirect.DISCARD)
                    .start();
            return process.waitFor() == 0;
        } catch (IOException e) {
            return false;
        }
    }

    /** Returns a command that fails if something is missing. */
    private List<String> check() {
        return switch (this) {
            case CURL -> List.of("curl", "--version");
            case PHP -> List.of("php", "-r", "exit(extension_loaded('curl') ? 0 : 1);");
            case JAVASCRIPT, PYTHON, JAVA -> List.of(interpreter, "--version");
        };
    }

    /** Starts the till. */
    ExampleProgram pay(Path folder, List<String> options) throws IOException {
        List<String> command = new ArrayList<>(List.of(interpreter, file(till)));
        command.addAll(options);
        return ExampleProgram.start(folder, command);
    }

    /** Starts the receiver of callbacks at this port, with the store of the till. */
    ExampleProgram receiveCallbacks(Path folder, int port, Path store) throws IOException {
        return ExampleProgram.start(
                folder,
                this == PHP
                        ? List.of("env", "STORE=" + store, "php", "-S", "127.0.0.1:" + port, file(callback))
                        : List.of(interpreter, file(callback), Integer.toString(port), store.toString()));
    }

    private static String file(String name) {
        return FOLDER.resolve(name).toString();
    }
}
