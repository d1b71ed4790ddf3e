package dev.terminalcloud.systemtests;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** The {@code sh} blocks of a README's section: one script, run as it stands but for addresses and the like. */
record WalkThrough(String script) {
    private static final Pattern BLOCK = Pattern.compile("(?ms)^```sh\\n(.*?)^```$");

    /** The blocks after the heading that have this in them. */
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

    /** The same with another address, code or id; what it replaces must be there. */
    WalkThrough with(String pattern, String replacement) {
        Matcher matcher = Pattern.compile(pattern).matcher(script);
        assertThat(matcher.find()).as("%s in %s", pattern, script).isTrue();
        return new WalkThrough(matcher.replaceAll(Matcher.quoteReplacement(replacement)));
    }

    /** Runs it in this folder, and returns what it printed. Nothing that it started is left. */
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
                .as("it ends; so far it printed: " + Files.readString(printed))
                .isTrue();
        return Files.readString(printed);
    }
}
