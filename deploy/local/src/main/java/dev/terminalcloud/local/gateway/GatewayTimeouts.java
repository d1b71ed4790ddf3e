package dev.terminalcloud.local.gateway;

import java.time.Duration;

/**
 * How long the gateway waits.
 *
 * @param idle for the complete head of a request, from when its connection is there or has given the answer before
 * @param body for the rest of a request, from when its head is there
 * @param response for an origin that says nothing
 */
record GatewayTimeouts(Duration idle, Duration body, Duration response) {
    /** An origin may hold a synchronous transaction for 110 s. */
    static final GatewayTimeouts DEFAULT =
            new GatewayTimeouts(Duration.ofSeconds(60), Duration.ofSeconds(60), Duration.ofSeconds(130));
}
