package dev.terminalcloud.tracing;

/**
 * The attributes that spans have, and no others: OpenTelemetry's semantic conventions for HTTP, messaging and databases, and ids of ours.
 *
 * <p>None has a secret, a token, a query, a body or a receipt: a new attribute must keep that.
 */
public enum TraceAttribute {
    REGISTER_ID("terminal.register.id"),
    DEVICE_ID("terminal.device.id"),
    TRANSACTION_ID("terminal.transaction.id"),
    /** Type of a message of the device protocol. */
    MESSAGE_TYPE("terminal.message.type"),
    ERROR_TYPE("error.type"),
    HTTP_METHOD("http.request.method"),
    HTTP_ROUTE("http.route"),
    HTTP_STATUS("http.response.status_code"),
    MESSAGING_SYSTEM("messaging.system"),
    MESSAGING_OPERATION("messaging.operation.type"),
    MESSAGING_DESTINATION("messaging.destination.name"),
    MESSAGE_ID("messaging.message.id"),
    EVENT_TYPE("cloudevents.event_type"),
    DATABASE_SYSTEM("db.system.name"),
    DATABASE_OPERATION("db.operation.name");

    private final String key;

    TraceAttribute(String key) {
        this.key = key;
    }

    /** Returns its name in a span. */
    public String key() {
        return key;
    }
}
