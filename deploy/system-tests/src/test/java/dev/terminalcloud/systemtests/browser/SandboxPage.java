package dev.terminalcloud.systemtests.browser;

import com.microsoft.playwright.Browser;
import com.microsoft.playwright.BrowserContext;
import com.microsoft.playwright.Locator;
import com.microsoft.playwright.Locator.FilterOptions;
import com.microsoft.playwright.Page;
import com.microsoft.playwright.Page.ScreenshotOptions;
import java.net.URI;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;

/** The sandbox page in a new browser context. */
final class SandboxPage implements AutoCloseable {
    /** Long, since the other tests load the machine. */
    private static final int TIMEOUT_MILLIS = 60_000;

    /** Each lock takes longer than a page waits for the page before it. */
    private static final String SLOW_LOCKS =
            """
            const request = navigator.locks.request.bind(navigator.locks);
            navigator.locks.request = (...args) => new Promise((late) => setTimeout(late, 6000)).then(() => request(...args));
            """;

    private static final Path SCREENSHOTS = Path.of("target", "screenshots");

    private final BrowserContext context;
    private final Page page;
    private final List<String> errors = new CopyOnWriteArrayList<>();

    private SandboxPage(BrowserContext context) {
        this.context = context;
        context.setDefaultTimeout(TIMEOUT_MILLIS);
        this.page = context.newPage();
        page.onPageError(errors::add);
        page.onConsoleMessage(message -> PolicyViolations.textOf(message).ifPresent(errors::add));
    }

    /** Opens the page with these terminals, which no other test may use meanwhile. */
    static SandboxPage open(Browser browser, URI base, String... terminals) {
        SandboxPage sandbox = new SandboxPage(browser.newContext());
        sandbox.page.navigate(
                base.resolve("/?terminals=" + String.join(",", terminals)).toString());
        return sandbox;
    }

    /** Opens the page as {@link #open} does, in a browser that is slow to lock a device. */
    static SandboxPage openSlowly(Browser browser, URI base, String terminal) {
        SandboxPage sandbox = new SandboxPage(browser.newContext());
        sandbox.page.addInitScript(SLOW_LOCKS);
        sandbox.page.navigate(base.resolve("/?terminals=" + terminal).toString());
        return sandbox;
    }

    /** Opens the same address in another tab of the same browser, whose terminals stay offline: other tests may use the same ones. */
    SandboxPage openTab() {
        SandboxPage tab = new SandboxPage(context);
        tab.page.addInitScript("window.WebSocket = class { close() {} }");
        tab.page.navigate(page.url());
        return tab;
    }

    /** Waits for the first terminal of the page, and returns its title. */
    String firstTerminal() {
        return page.locator(".terminal [data-part=title]").first().textContent();
    }

    RegisterCard register(int index) {
        return new RegisterCard(page.locator(".register").nth(index));
    }

    TerminalCard terminal(String id) {
        return new TerminalCard(page.locator(".terminal").filter(new FilterOptions().setHasText("Terminal " + id)));
    }

    RegisterCard addRegister() {
        int before = page.locator(".register").count();
        page.locator("#add-register").click();
        return register(before);
    }

    /** Pairs the register with the code that the terminal shows. */
    void pair(RegisterCard register, TerminalCard terminal) {
        register.pair(terminal.pairingCode());
    }

    void reload() {
        page.reload();
    }

    /** Returns the events that the page shows, in their order. */
    Locator events() {
        return page.locator("#event-list li");
    }

    /** Waits for the service level that the cloud has measured, and returns it as the page shows it. */
    String serviceLevel() {
        Locator shown = page.locator("#service-level");
        shown.waitFor();
        return shown.textContent();
    }

    /** Takes a screenshot of the whole page. */
    void takePicture(String name) {
        page.screenshot(new ScreenshotOptions().setFullPage(true).setPath(SCREENSHOTS.resolve(name + ".png")));
    }

    /** Returns the JavaScript errors of the page, and what the browser refused because of its content security policy. */
    List<String> errors() {
        return List.copyOf(errors);
    }

    /** Runs a JavaScript function in the page. */
    Object evaluate(String function, String argument) {
        return page.evaluate(function, argument);
    }

    @Override
    public void close() {
        context.close();
    }
}
