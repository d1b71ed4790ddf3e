package dev.terminalcloud.checker.fault;

/** What can fail. */
public enum Part {
    PAIRING("pairing-service"),
    TRANSACTION("transaction-service"),
    CONNECTOR("device-connector"),
    BROKER("kafka"),
    DATABASE("postgres");

    private final String name;

    Part(String name) {
        this.name = name;
    }

    @Override
    public String toString() {
        return name;
    }
}
