package dev.terminalcloud.systemtests.documentation;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;

/** Links of the documentation within the repository, anchors included. */
class LinksTest {
    private static final int MAX_README_LINES = 250;

    @Test
    void eachLinkResolves() throws IOException {
        List<String> broken = Page.all().stream()
                .flatMap(page -> page.links().stream()
                        .filter(link -> !resolves(page, link))
                        .map(link -> page + ": " + link))
                .toList();
        assertThat(broken).as("correct the file or the anchor of these links").isEmpty();
    }

    @Test
    void linkToAMissingFileOrHeadingIsFound() {
        Page page = Page.of(Path.of("pom.xml").toAbsolutePath());
        assertThat(resolves(page, "pom.xml")).isTrue();
        assertThat(resolves(page, "missing.md")).isFalse();
        assertThat(resolves(page, "../../README.md#modules")).isTrue();
        assertThat(resolves(page, "../../README.md#no-such-heading")).isFalse();
    }

    @Test
    void readmesAreShort() throws IOException {
        for (Page page : Page.all()) {
            if (page.file().endsWith("README.md")) {
                assertThat(Files.readAllLines(page.file()))
                        .as("%s: move reference to a page of its own", page)
                        .hasSizeLessThan(MAX_README_LINES);
            }
        }
    }

    private static boolean resolves(Page page, String link) {
        String[] parts = link.split("#", 2);
        Path target = parts[0].isEmpty()
                ? page.file()
                : page.file().resolveSibling(parts[0]).normalize();
        if (!Files.exists(target)) {
            return false;
        }
        return parts.length == 1 || Page.of(target).anchors().contains(parts[1]);
    }
}
