package dev.terminalcloud.checker.fault;

import java.util.Set;

/** A component of the system that can fail. */
public enum Component {
    PAIRING_SERVICE("pairing-service"),
    TRANSACTION_SERVICE("transaction-service"),
    CONNECTOR("device-connector"),
    BROKER("kafka"),
    DATABASE("postgres"),
    /** All three services at the same time. */
    SERVICES("all");

    /** All that are processes of their own. */
    static final Set<Component> PROCESSES = Set.of(PAIRING_SERVICE, TRANSACTION_SERVICE, CONNECTOR, BROKER, DATABASE);

    private final String name;

    Component(String name) {
        this.name = name;
    }

    @Override
    public String toString() {
        return name;
    }
}
