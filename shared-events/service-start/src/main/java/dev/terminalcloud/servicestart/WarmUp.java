package dev.terminalcloud.servicestart;

import io.smallrye.mutiny.Uni;

/**
 * Work like that of the first request or event, which changes nothing: it loads the classes and prepares the statements that these need.
 * All beans of this type run one after the other before the service takes any, for 20 s at most; none runs if a prerequisite was missing at the start. A
 * failure is logged and delays only the first ones.
 */
public interface WarmUp {
    /** Called once, on a thread without a Vert.x context; may complete on any thread. */
    Uni<Void> run();
}
