package dev.terminalcloud.monitoring;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** Each alert leads to a section that says what to do, and each section belongs to an alert. */
class RunbooksTest {
    private static final Pattern SECTION = Pattern.compile("(?ms)^## (\\w+)\\n(.*?)(?=^## |\\z)");

    @Test
    void eachAlertNamesItsSection() {
        assertThat(AlertRule.all()).isNotEmpty().allSatisfy(rule -> assertThat(rule.runbook())
                .as(rule.name())
                .isEqualTo("runbooks/%s.md#%s", rule.group(), rule.name().toLowerCase(Locale.ROOT)));
    }

    @Test
    void sectionsAreThoseOfAlerts() throws IOException {
        assertThat(sections().keySet())
                .containsExactlyInAnyOrderElementsOf(AlertRule.all().stream()
                        .map(rule -> rule.group() + ".md#" + rule.name())
                        .toList());
    }

    @Test
    void eachSectionSaysWhoIsAffectedWhatToCheckWhatToDoAndWhenItIsOver() throws IOException {
        assertThat(sections()).allSatisfy((alert, text) -> assertThat(text)
                .containsSubsequence("* **Merchants:** ", "* **First:** ", "* **Do:** ", "* **Over:** "));
    }

    /** Returns the sections of all pages, by page and alert. */
    private static Map<String, String> sections() throws IOException {
        Map<String, String> sections = new TreeMap<>();
        try (Stream<Path> files = Files.list(Documents.FOLDER.resolve("runbooks"))) {
            for (Path page : files.toList()) {
                SECTION.matcher(Files.readString(page))
                        .results()
                        .forEach(
                                section -> sections.put(page.getFileName() + "#" + section.group(1), section.group(2)));
            }
        }
        return sections;
    }
}
