package dev.terminalcloud.kubernetes;

import dev.terminalcloud.kubernetes.manifest.Manifests;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Assumptions;

/** {@code kubectl kustomize}, which renders a folder as {@code kubectl apply -k} sends it. */
final class Kubectl {
    /** {@code required}: a test fails without kubectl instead of being skipped. */
    private static final String VARIABLE = "TERMINAL_CLOUD_KUBECTL";

    private Kubectl() {}

    /** Renders the folder; skips the test if kubectl is missing, unless it is required. */
    static Manifests render(Path folder) {
        return Manifests.parse(run(folder));
    }

    private static String run(Path folder) {
        try {
            Path output = Files.createTempFile("kustomize", ".yaml");
            Path errors = Files.createTempFile("kustomize", ".log");
            int status = start(new ProcessBuilder("kubectl", "kustomize", folder.toString())
                            .redirectOutput(output.toFile())
                            .redirectError(errors.toFile()))
                    .waitFor();
            String messages = Files.readString(errors, StandardCharsets.UTF_8);
            if (status != 0 || !messages.isEmpty()) {
                throw new IllegalStateException("Failed to render %s: %s".formatted(folder, messages));
            }
            return Files.readString(output);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException("Interrupted", e);
        }
    }

    /** The operating system looks for it on the PATH. */
    private static Process start(ProcessBuilder command) {
        try {
            return command.start();
        } catch (IOException e) {
            Assumptions.assumeTrue("required".equals(System.getenv(VARIABLE)), "kubectl is not on the PATH");
            throw new UncheckedIOException("kubectl is not on the PATH", e);
        }
    }
}
