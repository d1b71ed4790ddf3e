package dev.terminalcloud.certification.pos.gateway;

import java.time.Duration;

/** The reaction of the gateway to a poll. */
public sealed interface PollReaction {

    /** Responds with an error. */
    record Fail(int status, String error) implements PollReaction {}

    /** Closes the connection without a response. */
    record Drop() implements PollReaction {}

    /** Responds late. */
    record Delay(Duration time) implements PollReaction {}
}
