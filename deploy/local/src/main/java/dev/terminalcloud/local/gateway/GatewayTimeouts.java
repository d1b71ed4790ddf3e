package dev.terminalcloud.local.gateway;

import java.time.Duration;

/**
 * The timeouts of the gateway.
 *
 * @param idle for the complete head of a request, from the start of the connection or from the previous answer
 * @param body for the rest of a request, from its complete head
 * @param response for an origin that sends nothing
 */
record GatewayTimeouts(Duration idle, Duration body, Duration response) {
    /** An origin may hold a synchronous transaction for 110 s. */
    static final GatewayTimeouts DEFAULT =
            new GatewayTimeouts(Duration.ofSeconds(60), Duration.ofSeconds(60), Duration.ofSeconds(130));
}
