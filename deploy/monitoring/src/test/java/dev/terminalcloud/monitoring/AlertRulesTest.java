package dev.terminalcloud.monitoring;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Set;
import java.util.function.Predicate;
import java.util.function.UnaryOperator;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Prometheus accepts the rules, and each fires when it should, and not before: {@code alerts-test.yaml}. */
class AlertRulesTest {
    /** A check that expects an alert, in the output of a test that failed. */
    private static final Pattern DID_NOT_FIRE = Pattern.compile("alertname: (\\w+), time: \\S+\\s+exp:\\[\\n");

    /** The same for a check that expects none. */
    private static final Pattern FIRED = Pattern.compile("alertname: (\\w+), time: \\S+\\s+exp:\\[],");

    private static final Pattern EVERY_15_SECONDS = Pattern.compile("(?m)^evaluation_interval: 15s$");

    @TempDir
    private Path folder;

    @Test
    void rulesAreValid() {
        Promtool.Result result = Promtool.run(Documents.FOLDER, "check", "rules", "--lint-fatal", "alerts.yaml");

        assertThat(result.status()).as(result.output()).isZero();
    }

    @Test
    @Tag("slow")
    void eachRuleFiresAsItsUnitTestSays() {
        Promtool.Result result = Promtool.run(Documents.FOLDER, "test", "rules", "alerts-test.yaml");

        assertThat(result.status()).as(result.output()).isZero();
    }

    @Test
    void eachRuleHasUnitTestThatFiresItAndOneThatDoesNot() {
        assertThat(checked(check -> !check.path("exp_alerts").isEmpty()))
                .as("alerts with a check in alerts-test.yaml that they fire")
                .isEqualTo(names());
        assertThat(checked(check -> check.path("exp_alerts").isEmpty()))
                .as("alerts with a check in alerts-test.yaml that they do not fire")
                .isEqualTo(names());
    }

    @Test
    @Tag("slow")
    void unitTestsNoticeEachRuleThatNeverFires() throws IOException {
        Promtool.Result result = test(rules -> rules.replaceAll("(?m)^( +expr): .*$", "$1: vector(0) > 1"));

        assertThat(found(DID_NOT_FIRE, result)).isEqualTo(names());
    }

    @Test
    @Tag("slow")
    void unitTestsNoticeEachRuleThatAlwaysFires() throws IOException {
        Promtool.Result result = test(
                rules -> rules.replaceAll("(?m)^( +expr): .*$", "$1: vector(1)").replaceAll("(?m)^ +for: .*\\n", ""));

        assertThat(found(FIRED, result)).isEqualTo(names());
    }

    /** Runs all checks on rules whose expressions are constant: so each is evaluated once, and not every 15 seconds of its test. */
    private Promtool.Result test(UnaryOperator<String> change) throws IOException {
        Files.writeString(folder.resolve("alerts.yaml"), change.apply(Files.readString(Documents.ALERTS)));
        String tests = Files.readString(Documents.ALERT_TESTS);
        assertThat(tests).containsPattern(EVERY_15_SECONDS);
        Files.writeString(
                folder.resolve("alerts-test.yaml"),
                EVERY_15_SECONDS.matcher(tests).replaceFirst("evaluation_interval: 1w"));
        return Promtool.run(folder, "test", "rules", "alerts-test.yaml");
    }

    private static Set<String> found(Pattern failure, Promtool.Result result) {
        return failure.matcher(result.output())
                .results()
                .map(match -> match.group(1))
                .collect(Collectors.toSet());
    }

    private static Set<String> names() {
        List<AlertRule> rules = AlertRule.all();
        assertThat(rules).extracting(AlertRule::name).isNotEmpty().doesNotHaveDuplicates();
        return rules.stream().map(AlertRule::name).collect(Collectors.toSet());
    }

    private static Set<String> checked(Predicate<JsonNode> kind) {
        return Documents.elements(Documents.parse(Documents.ALERT_TESTS).path("tests"))
                .flatMap(test -> Documents.elements(test.path("alert_rule_test")))
                .filter(kind)
                .map(check -> check.path("alertname").asText())
                .collect(Collectors.toSet());
    }
}
