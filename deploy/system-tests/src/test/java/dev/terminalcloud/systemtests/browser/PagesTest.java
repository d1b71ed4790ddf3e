package dev.terminalcloud.systemtests.browser;

import static com.microsoft.playwright.assertions.PlaywrightAssertions.assertThat;
import static org.assertj.core.api.Assertions.assertThat;

import com.microsoft.playwright.BrowserContext;
import com.microsoft.playwright.Frame;
import com.microsoft.playwright.Page;
import dev.terminalcloud.systemtests.OneStack;
import dev.terminalcloud.systemtests.Shops;
import java.net.URI;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CopyOnWriteArrayList;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.TestInstance.Lifecycle;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.parallel.Execution;
import org.junit.jupiter.api.parallel.ExecutionMode;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The pages work in a browser under their content security policy, and the policy keeps out what is not theirs. */
@Tag("slow")
@ExtendWith({NeedsChromium.class, OneStack.class})
@Execution(ExecutionMode.SAME_THREAD)
@TestInstance(Lifecycle.PER_CLASS)
class PagesTest {
    private static final int TIMEOUT_MILLIS = 60_000;

    /** With a terminal that no other test uses. */
    private static final String SANDBOX = "/?terminals=7000000020";

    private static final String UNKNOWN = "3f1c1f0e-6c5b-4f9e-9d9b-0a6ad1c5b1f2";
    private static final String SCRIPT_IN_AN_ATTRIBUTE =
            """
            () => {
              document.body.insertAdjacentHTML('beforeend', '<p id="attack" style="color: red">x</p>');
              const image = document.createElement('div');
              image.innerHTML = '<img src="missing.png" onerror="window.attacked = true">';
              document.body.append(image);
              const script = document.createElement('script');
              script.textContent = 'window.attacked = true';
              document.body.append(script);
              return String(window.attacked);
            }
            """;

    private final URI base;
    private final List<String> violations = new CopyOnWriteArrayList<>();
    private Chromium chromium;
    private BrowserContext context;
    private Page page;

    PagesTest(Shops shops) {
        this.base = shops.site().http();
    }

    @BeforeAll
    void start() {
        chromium = Chromium.start();
    }

    @AfterAll
    void stop() {
        chromium.close();
    }

    @BeforeEach
    void open() {
        violations.clear();
        context = chromium.browser().newContext();
        context.setDefaultTimeout(TIMEOUT_MILLIS);
        page = context.newPage();
        page.onConsoleMessage(message -> PolicyViolations.textOf(message).ifPresent(violations::add));
    }

    @AfterEach
    void close() {
        context.close();
    }

    @Test
    void documentationPageWorks() {
        page.navigate(base.resolve("/docs/").toString());
        page.locator(".opblock-get .opblock-summary-control").first().click();
        page.locator(".opblock-get input[type=text]").all().forEach(input -> input.fill(UNKNOWN));
        page.locator(".opblock-get .execute").first().click();

        assertThat(page.locator(".opblock-get .live-responses-table .response-col_status")
                        .last())
                .containsText("401");
        assertThat(violations).isEmpty();
    }

    @Test
    void sandboxPageWorks() {
        page.navigate(base.resolve(SANDBOX).toString());

        assertThat(page.locator("#feed-state")).containsText("live");
        assertThat(page.locator(".terminal").first()).isVisible();
        assertThat(violations).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(strings = {SANDBOX, "/docs/"})
    void contentWithinThePageIsNotRun(String path) {
        page.navigate(base.resolve(path).toString());

        assertThat(page.evaluate(SCRIPT_IN_AN_ATTRIBUTE)).isEqualTo("undefined");
        assertThat(page.evaluate("() => getComputedStyle(document.getElementById('attack')).color"))
                .isNotEqualTo("rgb(255, 0, 0)");
        assertThat(violations).isNotEmpty();
    }

    @ParameterizedTest
    @ValueSource(strings = {SANDBOX, "/docs/"})
    void pageIsNotShownInAFrame(String path) {
        String target = base.resolve(path).toString();
        page.setContent("<iframe name='framed' src='" + target + "'></iframe>");
        Frame framed = page.frame("framed");

        assertThat(framed.locator(".masthead, #swagger-ui")).hasCount(0);
        assertThat(violations).anyMatch(text -> text.contains("frame-ancestors"));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                SANDBOX,
                "/index.html?terminals=7000000020",
                "/main.js",
                "/docs/",
                "/docs/page.js",
                "/docs/pos-api.yaml"
            })
    void fileRestrictsTheBrowser(String path) {
        Map<String, String> headers =
                page.request().get(base.resolve(path).toString()).headers();

        assertThat(headers.get("content-security-policy"))
                .contains("default-src 'none'", "frame-ancestors 'none'")
                .doesNotContain("unsafe");
        assertThat(headers).containsEntry("x-content-type-options", "nosniff");
        assertThat(headers).containsEntry("referrer-policy", "no-referrer");
    }
}
