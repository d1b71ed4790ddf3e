package dev.terminalcloud.posapi;

import io.quarkus.runtime.Quarkus;

/**
 * Starts a service that reads request lines as POS systems in the field write them: with raw <code>{</code>, {@code "},
 * {@code |} and spaces, or a lone {@code %}.
 *
 * <p>Quarkus itself refuses such a line before any router sees it, with 400 and no body, unless a system property says
 * otherwise when it is loaded. So the property is set here, and not left to whoever starts the service.
 */
public final class LenientHttpParsing {
    private static final String DISABLE_URI_VALIDATION = "vertx.disableURIValidation";

    private LenientHttpParsing() {}

    /** Runs the service until it is told to end. To be called first in {@code main}. */
    public static void run(String... arguments) {
        System.setProperty(DISABLE_URI_VALIDATION, "true");
        Quarkus.run(arguments);
    }
}
