package dev.terminalcloud.checker.fault;

/** A component of the system that can fail. */
public enum Component {
    PAIRING_SERVICE("pairing-service"),
    TRANSACTION_SERVICE("transaction-service"),
    CONNECTOR("device-connector"),
    BROKER("kafka"),
    DATABASE("postgres");

    private final String name;

    Component(String name) {
        this.name = name;
    }

    @Override
    public String toString() {
        return name;
    }
}
