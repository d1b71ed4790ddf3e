package dev.terminalcloud.posapi;

import io.quarkus.runtime.Quarkus;

/**
 * Starts a service that accepts request lines as POS systems in the field write them: with raw <code>{</code>, {@code "},
 * {@code |} and spaces, or a lone {@code %}.
 *
 * <p>By default Quarkus rejects such a line before any router sees it, with 400 and no body. A system property disables
 * that, if it is set before Quarkus is loaded. So the program sets the property itself and needs no start option.
 */
public final class LenientHttpParsing {
    private static final String DISABLE_URI_VALIDATION = "vertx.disableURIValidation";

    private LenientHttpParsing() {}

    /** Runs the service until it is shut down. Must be called in {@code main} before anything of Quarkus is. */
    public static void run(String... arguments) {
        System.setProperty(DISABLE_URI_VALIDATION, "true");
        Quarkus.run(arguments);
    }
}
