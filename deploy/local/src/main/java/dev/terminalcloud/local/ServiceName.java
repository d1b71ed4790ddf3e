package dev.terminalcloud.local;

import java.util.Arrays;
import java.util.stream.Collectors;

/** The services of the stack, each named as its module is. */
enum ServiceName {
    PAIRING("pairing-service"),
    TRANSACTION("transaction-service"),
    CONNECTOR("device-connector");

    private final String module;

    ServiceName(String module) {
        this.module = module;
    }

    /**
     * Returns the service with the name of this module.
     *
     * @param option the option that the error names
     * @throws IllegalArgumentException if no service has it
     */
    static ServiceName parse(String option, String module) {
        return Arrays.stream(values())
                .filter(name -> name.module.equals(module))
                .findFirst()
                .orElseThrow(() -> new IllegalArgumentException("%s must name one of %s, was %s"
                        .formatted(
                                option,
                                Arrays.stream(values())
                                        .map(ServiceName::toString)
                                        .collect(Collectors.joining(", ")),
                                module.isEmpty() ? "empty" : module)));
    }

    /** Returns the name of the module. */
    @Override
    public String toString() {
        return module;
    }
}
