package dev.terminalcloud.kubernetes;

import dev.terminalcloud.kubernetes.manifest.Manifests;
import java.io.File;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;
import java.util.stream.Stream;
import org.junit.jupiter.api.Assumptions;

/** {@code kubectl kustomize}, which renders a folder as {@code kubectl apply -k} sends it. */
final class Kubectl {
    /** {@code required}: a test fails without kubectl instead of being skipped. */
    private static final String VARIABLE = "TERMINAL_CLOUD_KUBECTL";

    private Kubectl() {}

    /** Renders the folder; skips the test if kubectl is missing, unless it is required. */
    static Manifests render(Path folder) {
        Optional<Path> kubectl = find();
        Assumptions.assumeTrue(
                kubectl.isPresent() || "required".equals(System.getenv(VARIABLE)), "kubectl is not on the PATH");
        return Manifests.parse(
                run(kubectl.orElseThrow(() -> new IllegalStateException("kubectl is not on the PATH")), folder));
    }

    private static String run(Path kubectl, Path folder) {
        try {
            Path output = Files.createTempFile("kustomize", ".yaml");
            Path errors = Files.createTempFile("kustomize", ".log");
            int status = new ProcessBuilder(kubectl.toString(), "kustomize", folder.toString())
                    .redirectOutput(output.toFile())
                    .redirectError(errors.toFile())
                    .start()
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

    private static Optional<Path> find() {
        return Stream.of(System.getenv("PATH").split(File.pathSeparator))
                .map(folder -> Path.of(folder, "kubectl"))
                .filter(Files::isExecutable)
                .findFirst();
    }
}
