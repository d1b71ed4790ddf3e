package dev.terminalcloud.systemtests.browser;

import static com.microsoft.playwright.assertions.PlaywrightAssertions.assertThat;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.microsoft.playwright.BrowserContext;
import com.microsoft.playwright.Page;
import com.microsoft.playwright.assertions.LocatorAssertions.ContainsTextOptions;
import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import dev.terminalcloud.systemtests.Installation;
import dev.terminalcloud.systemtests.OneStack;
import dev.terminalcloud.systemtests.Shop;
import dev.terminalcloud.systemtests.Shops;
import dev.terminalcloud.systemtests.Transport;
import dev.terminalcloud.virtualdevice.Timing;
import dev.terminalcloud.virtualdevice.behaviour.Ending;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
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

/** The till of {@code deploy/pos-api/examples} as a page of another origin, in a real browser. */
@Tag("slow")
@ExtendWith({NeedsChromium.class, OneStack.class})
@Execution(ExecutionMode.SAME_THREAD)
@TestInstance(Lifecycle.PER_CLASS)
class TillPageTest {
    private static final Path EXAMPLES = Installation.root().resolve("deploy/pos-api/examples");
    private static final int TIMEOUT_MILLIS = 60_000;

    private final Shops shops;
    private HttpServer server;
    private Chromium chromium;
    private BrowserContext context;
    private Page page;

    TillPageTest(Shops shops) {
        this.shops = shops;
    }

    @BeforeAll
    void start() throws IOException {
        server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        server.createContext("/", TillPageTest::serve);
        server.start();
        chromium = Chromium.start();
    }

    @AfterAll
    void stop() {
        chromium.close();
        server.stop(0);
    }

    @BeforeEach
    void open() {
        context = chromium.browser().newContext();
        context.setDefaultTimeout(TIMEOUT_MILLIS);
        page = context.newPage();
        page.navigate("http://localhost:" + server.getAddress().getPort() + "/till.html");
    }

    @AfterEach
    void close() {
        context.close();
    }

    @Test
    void paymentGoesOnAfterThePageIsLoadedAgain() throws Exception {
        try (Shop shop = startedPayment()) {
            page.reload();
            page.waitForSelector("#cancel:enabled");
            shop.device().endPayment(Ending.APPROVE);

            awaitLine("PAID 500 AuthId=");
            assertThat(shop.ran()).hasSize(1);
        }
    }

    @Test
    void cashierCancels() throws Exception {
        try (Shop shop = startedPayment()) {
            page.click("#cancel");

            awaitLine("NOT PAID CANCELLED");
            assertThat(shop.ran()).hasSize(1);
        }
    }

    /** Pairs the till with a device, whose customer does not pay, and starts a payment. */
    private Shop startedPayment() throws Exception {
        Timing slowCustomer = Timing.PROTOCOL.withPayment(Duration.ofHours(1));
        Shop shop = shops.unpaired(Transport.TCP, device -> device.timing(slowCustomer));
        page.fill("[name=url]", shops.site().http().toString());
        page.fill("[name=register]", shop.register().names().get("POSRegisterID"));
        page.fill("[name=code]", shop.pairingCode());
        page.click("#pairing button");
        awaitLine("paired");
        page.click("#payment button:not(#cancel)");
        await().atMost(Duration.ofMillis(TIMEOUT_MILLIS))
                .until(() -> !shop.ran().isEmpty());
        return shop;
    }

    private void awaitLine(String beginning) {
        assertThat(page.locator("#lines"))
                .containsText(beginning, new ContainsTextOptions().setTimeout(TIMEOUT_MILLIS));
    }

    private static void serve(HttpExchange exchange) throws IOException {
        String name = exchange.getRequestURI().getPath().substring(1);
        Path file = EXAMPLES.resolve(name);
        if (Files.exists(file)) {
            byte[] content = Files.readAllBytes(file);
            exchange.getResponseHeaders().add("Content-Type", name.endsWith(".mjs") ? "text/javascript" : "text/html");
            exchange.sendResponseHeaders(200, content.length);
            exchange.getResponseBody().write(content);
        } else {
            exchange.sendResponseHeaders(404, -1);
        }
        exchange.close();
    }
}
