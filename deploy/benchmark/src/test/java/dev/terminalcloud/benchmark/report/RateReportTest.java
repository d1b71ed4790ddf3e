package dev.terminalcloud.benchmark.report;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import dev.terminalcloud.benchmark.load.ArrivalSchedule;
import dev.terminalcloud.benchmark.load.Trial;
import dev.terminalcloud.benchmark.stack.ProcessorUse;
import dev.terminalcloud.benchmark.stack.StoreUse;
import java.io.IOException;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.HdrHistogram.Histogram;
import org.junit.jupiter.api.Test;

class RateReportTest {
    private static final Duration LIMIT = Duration.ofMillis(300);
    private static final Pattern DATA = Pattern.compile("id=\"data\">(.*?)</script>", Pattern.DOTALL);

    private final RateReport report = new RateReport(
            Map.of("machine", "2 cores </script>"),
            new SubjectFigures("floor", List.of(figures(10, 20, 1700)), 800, List.of(figures(15, 30, 1500)), 2000),
            new SubjectFigures("system", List.of(figures(118, 875, 25_500)), 80, List.of(), 31_500),
            new RestFigures(Map.of("kafka", 100L, "gateway", 20L), 4000, 200, 9000));

    @Test
    void figuresAreOfEachTransaction() {
        RateFigures figures = figures(10, 20, 1700);
        assertThat(figures.rate()).isEqualTo(100);
        assertThat(figures.endedPerThousandSeconds()).isEqualTo(100_000);
        assertThat(figures.toEnd().p50Micros()).isBetween(20_000L, 20_100L);
        assertThat(figures.processorMicros()).isEqualTo(Map.of("kafka", 1700L));
        assertThat(figures.recordsPerThousand()).isEqualTo(Map.of("device-events", 3000L));
        assertThat(figures.commitsPerThousand()).isEqualTo(2000);
        assertThat(figures.walBytes()).isEqualTo(500);
        assertThat(figures.sustained()).isTrue();
    }

    @Test
    void textHasTheRatiosOfTheSystemToTheFloor() {
        assertThat(RateText.of(report))
                .contains("| ratio | 100 | 1.00 | | | 11.80 | 11.80 | 43.7")
                .contains("| ratio | 100 | 15.00 | 1.00 | 1.00 | 1.00 | 1.00 |")
                .contains("Maximum rate: floor 800, system 80, ratio 0.10")
                .contains("Statements per transaction: floor 2.00, system 32")
                .contains("At rest, of one core: 0.12 (")
                .contains("At rest, per second: commits 4.00, records 0.20, statements 9.00");
    }

    @Test
    void pageNeedsNothingElse() throws IOException {
        String page = RatePage.of(report);
        assertThat(page)
                .doesNotContain("src=")
                .doesNotContain("href=")
                .doesNotContain("sourceMappingURL")
                .contains("Chart.js v");
        Matcher data = DATA.matcher(page);
        assertThat(data.find()).isTrue();
        JsonNode figures = JsonMapper.builder().build().readTree(data.group(1));
        assertThat(figures.at("/setting/machine").asText()).isEqualTo("2 cores </script>");
        assertThat(figures.at("/system/rates/0/toEnd/p99Micros").asLong()).isGreaterThan(870_000);
    }

    /** Returns the figures of 1000 equal transactions. */
    private static RateFigures figures(long toDeviceMillis, long toEndMillis, long processorMillis) {
        Trial trial = new Trial(
                new ArrivalSchedule(100, Duration.ofSeconds(10)),
                histogram(toDeviceMillis),
                histogram(toEndMillis),
                1000,
                0,
                0,
                TimeUnit.SECONDS.toNanos(10),
                Optional.empty());
        return RateFigures.of(
                trial,
                LIMIT,
                new ProcessorUse(1, Map.of("kafka", processorMillis)),
                new StoreUse(1, Map.of("device-events", 3000L, "pairing-events", 0L), 2000, 4000, 500_000));
    }

    private static Histogram histogram(long millis) {
        Histogram histogram = new Histogram(3);
        histogram.recordValueWithCount(TimeUnit.MILLISECONDS.toNanos(millis), 1000);
        return histogram;
    }
}
