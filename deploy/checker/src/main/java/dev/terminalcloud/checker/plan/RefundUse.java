package dev.terminalcloud.checker.plan;

/** The linked refund of an earlier purchase that a register makes instead of what its plan says otherwise, if it has such a purchase. */
public enum RefundUse {
    NONE,
    /** A third of what is left. */
    PART,
    /** All that is left. */
    REST,
    /** All that is left, in two requests at the same time: at most one of them may be accepted. */
    REST_TWICE_AT_ONCE,
    /** More than is left. */
    OVER
}
