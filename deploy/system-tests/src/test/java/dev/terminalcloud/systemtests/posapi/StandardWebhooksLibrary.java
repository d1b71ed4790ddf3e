package dev.terminalcloud.systemtests.posapi;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import dev.terminalcloud.systemtests.Installation;
import java.io.IOException;
import java.io.OutputStream;
import java.lang.ProcessBuilder.Redirect;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.concurrent.TimeUnit;

/** The npm package {@code standardwebhooks} of {@link NeedsClientTools}, and the scripts that use it. */
final class StandardWebhooksLibrary {
    private static final Path SCRIPTS =
            Installation.root().resolve("deploy/system-tests/src/test/resources/standard-webhooks");
    private static final Path FOLDER = Installation.root().resolve("deploy/system-tests/target/standard-webhooks");

    private StandardWebhooksLibrary() {}

    /** Returns the documented example. */
    static String example() throws IOException {
        return Files.readString(SCRIPTS.resolve("verify-callback.mjs"));
    }

    /** Verifies a callback with the documented example, and returns its output: the transaction, if it is valid. */
    static String verify(JsonNode callback) throws IOException, InterruptedException {
        Files.createDirectories(FOLDER);
        Path modules = FOLDER.resolve("node_modules");
        Files.deleteIfExists(modules);
        Files.createSymbolicLink(modules, NeedsClientTools.MODULES);
        for (String script : new String[] {"verify-callback.mjs", "run.mjs"}) {
            Files.copy(SCRIPTS.resolve(script), FOLDER.resolve(script), StandardCopyOption.REPLACE_EXISTING);
        }
        Path printed = Files.createTempFile(FOLDER, "printed", null);
        Process node = new ProcessBuilder("node", "run.mjs")
                .directory(FOLDER.toFile())
                .redirectOutput(printed.toFile())
                .redirectError(Redirect.INHERIT)
                .start();
        try (OutputStream input = node.getOutputStream()) {
            input.write(callback.toString().getBytes(UTF_8));
        }
        assertThat(node.waitFor(1, TimeUnit.MINUTES)).as("exit of node").isTrue();
        return Files.readString(printed);
    }
}
