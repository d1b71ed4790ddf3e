package dev.terminalcloud.systemtests;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** The {@code sh} blocks of a section of a README: one script, unchanged except for addresses and the like. */
record WalkThrough(String script) {
    private static final Pattern BLOCK = Pattern.compile("(?ms)^```sh\\n(.*?)^```$");

    /** Returns the blocks after the heading that contain this text. */
    static WalkThrough of(String readme, String heading, String content) throws IOException {
        Matcher section = Pattern.compile("(?ms)^" + Pattern.quote(heading) + "$(.*?)(?=^## |\\z)")
                .matcher(Files.readString(Installation.root().resolve(readme)));
        assertThat(section.find()).as("a section '%s' in %s", heading, readme).isTrue();
        List<String> blocks = BLOCK.matcher(section.group(1))
                .results()
                .map(block -> block.group(1))
                .filter(block -> block.contains(content))
                .toList();
        assertThat(blocks).as("sh blocks with %s after '%s'", content, heading).isNotEmpty();
        return new WalkThrough(String.join("", blocks));
    }

    /** Replaces an address, code or id, which the script must contain. */
    WalkThrough with(String pattern, String replacement) {
        Matcher matcher = Pattern.compile(pattern).matcher(script);
        assertThat(matcher.find()).as("%s in %s", pattern, script).isTrue();
        return new WalkThrough(matcher.replaceAll(Matcher.quoteReplacement(replacement)));
    }

    /** Runs the script in this folder, and returns its output. Kills all processes that it started. */
    String run(Path folder) throws IOException, InterruptedException {
        Path printed = folder.resolve("printed");
        Process shell = new ProcessBuilder("sh", "-c", script)
                .directory(folder.toFile())
                .redirectErrorStream(true)
                .redirectOutput(printed.toFile())
                .start();
        boolean ended = shell.waitFor(3, TimeUnit.MINUTES);
        shell.descendants().forEach(ProcessHandle::destroyForcibly);
        shell.destroyForcibly();
        assertThat(ended)
                .as("exit of the script; output so far: " + Files.readString(printed))
                .isTrue();
        return Files.readString(printed);
    }
}
