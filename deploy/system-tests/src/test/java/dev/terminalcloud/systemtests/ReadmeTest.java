package dev.terminalcloud.systemtests;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;

/**
 * The walk-through of the README at the top, after the heading "Try it": its {@code sh} blocks with {@code curl} are one
 * script, run as they are but for the port and the pairing code.
 */
@ExtendWith(OneStack.class)
class ReadmeTest {
    private static final Pattern SECTION = Pattern.compile("(?ms)^## Try it$(.*?)(?=^## |\\z)");
    private static final Pattern BLOCK = Pattern.compile("(?ms)^```sh\\n(.*?)^```$");
    private static final Pattern CODE = Pattern.compile("(?<=/POS/Pairing/)[0-9]{8}");

    @TempDir
    private Path folder;

    private final Shops shops;

    ReadmeTest(Shops shops) {
        this.shops = shops;
    }

    @Test
    void theWalkThroughLeadsToAnAcceptedPayment() throws Exception {
        String printed = run(script());

        assertThat(printed).contains("{\"result\":\"success\"}").contains("OK-ACCEPTED");
    }

    private String script() throws IOException {
        List<String> blocks = curlBlocks();
        assertThat(blocks).as("sh blocks with curl after '## Try it'").isNotEmpty();
        String script = String.join("", blocks);
        assertThat(CODE.matcher(script).results())
                .as("pairing codes to replace")
                .isNotEmpty();
        return CODE.matcher(script)
                .replaceAll(shops.stack().demoPairingCode())
                .replace("localhost:8080", shops.site().http().getAuthority());
    }

    private static List<String> curlBlocks() throws IOException {
        Matcher section = SECTION.matcher(Files.readString(Installation.root().resolve("README.md")));
        assertThat(section.find()).as("a section '## Try it' in README.md").isTrue();
        return BLOCK.matcher(section.group(1))
                .results()
                .map(block -> block.group(1))
                .filter(block -> block.contains("curl"))
                .toList();
    }

    private String run(String script) throws IOException, InterruptedException {
        Path printed = folder.resolve("printed");
        Process shell = new ProcessBuilder("sh", "-c", script)
                .redirectErrorStream(true)
                .redirectOutput(printed.toFile())
                .start();
        boolean ended = shell.waitFor(1, TimeUnit.MINUTES);
        shell.destroyForcibly();
        assertThat(ended)
                .as("it ends; so far it printed: " + Files.readString(printed))
                .isTrue();
        return Files.readString(printed);
    }
}
