package dev.terminalcloud.systemtests.posapi;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.terminalcloud.systemtests.Installation;
import dev.terminalcloud.systemtests.OneStack;
import dev.terminalcloud.systemtests.Shop;
import dev.terminalcloud.systemtests.Shops;
import dev.terminalcloud.systemtests.Transport;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;

/**
 * The OpenAPI document as POS vendors use it: generators make clients from it that pair, pay, poll and cancel on the running
 * system, and a linter accepts it.
 */
@Tag("slow")
@ExtendWith(OneStack.class)
class GeneratedClientsTest {
    private static final Path DOCUMENT =
            Installation.root().resolve("deploy/pos-api/src/main/resources/docs/pos-api.yaml");
    private static final Path CLIENTS = Installation.root().resolve("deploy/pos-api/clients");
    private static final String GENERATOR = "target/tools/openapi-generator-cli.jar";
    private static final String EXPECTED =
            "{\"result\":\"OK-ACCEPTED\",\"total\":\"500\",\"business\":\"Café & Söhne\",\"cancelIsAnswered\":true}";

    private final Shops shops;

    @TempDir
    private Path folder;

    GeneratedClientsTest(Shops shops) {
        this.shops = shops;
    }

    @Test
    void generatedJavaClientPaysAndCancels() throws Exception {
        Command.of(
                        folder,
                        java("java"),
                        "-jar",
                        Path.of(GENERATOR).toAbsolutePath().toString())
                .with(
                        "generate",
                        "-g",
                        "java",
                        "--library",
                        "native",
                        "-i",
                        DOCUMENT.toString(),
                        "-o",
                        folder.toString())
                .with("--invoker-package", "dev.terminalcloud.client")
                .with("--api-package", "dev.terminalcloud.client.api")
                .with("--model-package", "dev.terminalcloud.client.model")
                .with("--additional-properties", "openApiNullable=false,useJakartaEe=true")
                .with("--global-property", "apiTests=false,modelTests=false")
                .run();
        Path classes = Files.createDirectory(folder.resolve("classes"));
        List<String> sources = new ArrayList<>(javaFiles(folder.resolve("src/main/java")));
        sources.add(CLIENTS.resolve("Till.java").toString());
        Command.of(folder, java("javac"), "-encoding", "UTF-8", "-nowarn", "-proc:none", "-d", classes.toString())
                .with("-cp", System.getProperty("java.class.path"))
                .with(sources.toArray(String[]::new))
                .run();

        assertPaysAndCancels(Command.of(folder, java("java"), "-Dfile.encoding=UTF-8", "-Dstdout.encoding=UTF-8")
                .with("-cp", classes + ":" + System.getProperty("java.class.path"), "Till"));
    }

    @Test
    @ExtendWith(NeedsClientTools.class)
    void generatedTypeScriptClientPaysAndCancels() throws Exception {
        Path modules = Files.createSymbolicLink(folder.resolve("node_modules"), NeedsClientTools.MODULES);
        Files.copy(CLIENTS.resolve("package.json"), folder.resolve("package.json"));
        Files.copy(CLIENTS.resolve("till.ts"), folder.resolve("till.ts"));
        Command.of(folder, modules.resolve(".bin/openapi-typescript").toString(), DOCUMENT.toString())
                .with("-o", "pos-api.ts")
                .run();
        Command.of(folder, modules.resolve(".bin/tsc").toString(), "--strict", "--target", "es2022")
                .with("--module", "nodenext", "--lib", "es2022,dom", "till.ts")
                .run();

        assertPaysAndCancels(Command.of(folder, "node", "till.js"));
    }

    @Test
    @ExtendWith(NeedsClientTools.class)
    void documentFollowsTheRecommendedRules() throws Exception {
        Command.of(folder, NeedsClientTools.MODULES.resolve(".bin/redocly").toString(), "lint")
                .with("--extends", "recommended", "--max-problems", "100", DOCUMENT.toString())
                .run();
    }

    private void assertPaysAndCancels(Command till) throws Exception {
        try (Shop shop = shops.unpaired(Transport.TCP, builder -> builder)) {
            List<String> lines = till.with(shops.site().http().toString(), shop.pairingCode())
                    .run();

            ObjectMapper json = new ObjectMapper();
            JsonNode result = json.readTree(lines.get(lines.size() - 1));
            assertThat(result).isEqualTo(json.readTree(EXPECTED));
            assertThat(shop.ran()).isNotEmpty();
        }
    }

    private static String java(String program) {
        return Path.of(System.getProperty("java.home"), "bin", program).toString();
    }

    private static List<String> javaFiles(Path folder) throws IOException {
        try (Stream<Path> files = Files.walk(folder)) {
            return files.map(Path::toString)
                    .filter(file -> file.endsWith(".java"))
                    .toList();
        }
    }
}
