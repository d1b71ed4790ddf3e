package dev.terminalcloud.benchmark.report;

import com.fasterxml.jackson.databind.json.JsonMapper;
import java.io.FileNotFoundException;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.Properties;

/** The report as one page of HTML that needs nothing else: figures, and Chart.js to draw them, are inside. */
public final class RatePage {
    private static final JsonMapper JSON = JsonMapper.builder().build();
    private static final String WEBJAR = "/META-INF/maven/org.webjars.npm/chart.js/pom.properties";
    private static final String SCRIPT = "/META-INF/resources/webjars/chart.js/%s/dist/chart.umd.js";

    private RatePage() {}

    public static String of(RateReport report) throws IOException {
        return read("rate.html")
                .replace("\"figures\"", JSON.writeValueAsString(report).replace("</", "<\\/"))
                .replace("/* rate.js */", read("rate.js"))
                .replace("/* chart.js */", chartScript());
    }

    private static String chartScript() throws IOException {
        Properties webjar = new Properties();
        try (InputStream properties = open(WEBJAR)) {
            webjar.load(properties);
        }
        return read(SCRIPT.formatted(webjar.getProperty("version"))).replaceFirst("(?m)^//# sourceMappingURL=.*$", "");
    }

    private static String read(String resource) throws IOException {
        try (InputStream content = open(resource)) {
            return new String(content.readAllBytes(), StandardCharsets.UTF_8);
        }
    }

    private static InputStream open(String resource) throws IOException {
        InputStream content = RatePage.class.getResourceAsStream(resource);
        if (content == null) {
            throw new FileNotFoundException("Unknown resource: " + resource);
        }
        return content;
    }
}
