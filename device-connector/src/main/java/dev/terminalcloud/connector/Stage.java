package dev.terminalcloud.connector;

/** Stage of a connector's startup or shutdown, in their order. */
enum Stage {
    STARTING,
    READING_CERTIFICATES,
    WAITING_FOR_KAFKA,
    LOADING_REGISTRY,
    MARKING_START,
    OPENING_PORTS,
    READY,
    DRAINING,
    STOPPING
}
