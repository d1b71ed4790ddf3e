package dev.terminalcloud.local.gateway;

import io.vertx.core.MultiMap;

/**
 * The headers with which a browser restricts a page: it loads scripts, styles and data from its own server only and none that is
 * written into the page, submits no form, is not shown in the frame of another page, and does not send its address to other servers.
 */
final class PageHeaders {
    /** Swagger UI has its icons as {@code data:} in its style sheet. */
    static final String CONTENT_SECURITY_POLICY = String.join(
            "; ",
            "default-src 'none'",
            "script-src 'self'",
            "style-src 'self'",
            "img-src 'self' data:",
            "font-src 'self'",
            "connect-src 'self'",
            "base-uri 'none'",
            "form-action 'none'",
            "frame-ancestors 'none'");

    private PageHeaders() {}

    static void putHeaders(MultiMap headers) {
        headers.set("Content-Security-Policy", CONTENT_SECURITY_POLICY);
        headers.set("X-Content-Type-Options", "nosniff");
        headers.set("Referrer-Policy", "no-referrer");
    }
}
