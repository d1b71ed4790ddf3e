package dev.terminalcloud.embedded.test;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Selectors of queries, and the series that a service publishes. */
class PrometheusSelectorTest {
    private static final List<PrometheusSeries> PUBLISHED = PrometheusSeries.parseAll(
            """
            # TYPE dead_letters gauge
            dead_letters 2.0
            requests_total{outcome="SUCCESS",uri="/{pos:(?i:pos)}/{id}"} 1.5E-4
            requests_total{outcome="CLIENT_ERROR",uri="/admin"} 7.0
            """);

    @Test
    void selectorsOfAQueryAreFound() {
        assertThat(PrometheusSelector.parseAll(
                                "sum by (job) (rate(requests_total{job=\"a\", uri=\"/admin\"}[5m])) / max(dead_letters{job=\"b\"})")
                        .map(PrometheusSelector::text))
                .containsExactly("requests_total{job=\"a\", uri=\"/admin\"}", "dead_letters{job=\"b\"}");
    }

    @ParameterizedTest
    @CsvSource(
            quoteCharacter = '\'',
            delimiter = ';',
            value = {
                "dead_letters{job=\"a\"}; 1",
                "dead_letters{}; 1",
                "letters{job=\"a\"}; 0",
                "requests_total{job=\"a\"}; 2",
                "requests_total{outcome=\"SUCCESS\"}; 1",
                "requests_total{outcome=\"OTHER\"}; 0",
                "requests_total{outcome!=\"SUCCESS\"}; 1",
                "requests_total{outcome=~\".*_ERROR\"}; 1",
                "requests_total{outcome!~\".*_ERROR|SUCCESS\"}; 0",
                "requests_total{uri=~\"/.pos:.*\", outcome=\"SUCCESS\"}; 1",
                "requests_total{outcome=\"$outcome\"}; 2",
                "requests_total{reason=\"\"}; 2"
            })
    void selectorSelectsSeries(String text, int expected) {
        PrometheusSelector selector =
                PrometheusSelector.parseAll(text).findFirst().orElseThrow();

        assertThat(PUBLISHED.stream().filter(selector::selects)).hasSize(expected);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = ';',
            value = {"up{job=\"a\"}; true", "up{job=\"b\"}; false", "up{job=~\"a|b\"}; true", "up{}; true"})
    void selectorSelectsJobs(String text, boolean expected) {
        assertThat(PrometheusSelector.parseAll(text).findFirst().orElseThrow().selectsJob("a"))
                .isEqualTo(expected);
    }
}
