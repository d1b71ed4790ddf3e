package dev.terminalcloud.systemtests.documentation;

import static org.assertj.core.api.Assertions.assertThat;

import dev.terminalcloud.systemtests.Installation;
import java.time.LocalDate;
import java.util.List;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

/** The list of decisions: numbers, modules, dates and states. */
class DecisionsTest {
    private static final Page PAGE = Page.of(Installation.root().resolve("deploy/decisions.md"));

    /** The heading with the number, and the line below it. */
    private static final Pattern DECISION = Pattern.compile("(?m)^## (\\d+)\\. .+\\n\\n(.+)$");

    private static final Pattern STATE =
            Pattern.compile("([a-z/-]+), (\\d{4}-\\d{2}-\\d{2}), (?:accepted|superseded by \\[(\\d+)]\\(#\\S+\\))");

    /** The link to a decision. */
    private static final Pattern NUMBER = Pattern.compile("\\[(\\d+)]\\(#");

    private static final List<MatchResult> DECISIONS =
            DECISION.matcher(PAGE.text()).results().toList();

    @Test
    void numbersAreUniqueAndConsecutive() {
        assertThat(DECISIONS)
                .extracting(decision -> Integer.valueOf(decision.group(1)))
                .isNotEmpty()
                .containsExactlyElementsOf(
                        IntStream.rangeClosed(1, DECISIONS.size()).boxed().toList());
        assertThat(PAGE.headings())
                .as("each heading but the title is a decision")
                .hasSize(DECISIONS.size() + 1);
    }

    @Test
    void eachHasAModuleADateAndAStatus() {
        for (MatchResult decision : DECISIONS) {
            var state = STATE.matcher(decision.group(2));
            assertThat(state.matches())
                    .as(
                            "decision %s: 'module, YYYY-MM-DD, accepted' or '…, superseded by [N](#…)', was '%s'",
                            decision.group(1), decision.group(2))
                    .isTrue();
            assertThat(LocalDate.parse(state.group(2)))
                    .as("decision %s", decision.group(1))
                    .isAfter(LocalDate.EPOCH);
            assertThat(PAGE.text()).as("the table of modules").contains("| [" + state.group(1) + "](");
        }
    }

    @Test
    void eachRowOfTheTableIsInOrder() {
        assertThat(PAGE.text().lines().filter(line -> line.startsWith("| [")))
                .isNotEmpty()
                .allSatisfy(
                        row -> assertThat(NUMBER.matcher(row).results().map(number -> Integer.valueOf(number.group(1))))
                                .isSorted());
    }

    @Test
    void eachPartHasOneRowInTheTable() {
        assertThat(PAGE.text()
                        .lines()
                        .filter(line -> line.startsWith("| ["))
                        .map(row -> row.substring(0, row.indexOf('|', 1))))
                .isNotEmpty()
                .doesNotHaveDuplicates();
    }

    @Test
    void supersedingDecisionsExist() {
        DECISIONS.stream()
                .map(decision -> STATE.matcher(decision.group(2)))
                .filter(state -> state.matches() && state.group(3) != null)
                .forEach(state -> assertThat(Integer.parseInt(state.group(3))).isBetween(1, DECISIONS.size()));
    }
}
