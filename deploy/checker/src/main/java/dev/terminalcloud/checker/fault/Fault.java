package dev.terminalcloud.checker.fault;

import java.util.Arrays;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** One type of fault of one component, with a name such as {@code kill-pairing-service}. */
public record Fault(FaultType kind, Component part) {

    /** Returns all faults. */
    public static List<Fault> all() {
        return Arrays.stream(FaultType.values())
                .flatMap(kind -> Arrays.stream(Component.values())
                        .filter(kind::appliesTo)
                        .map(part -> new Fault(kind, part)))
                .toList();
    }

    /**
     * Returns the selected faults.
     *
     * @param names the names of faults, or {@code all}, {@code short} (without the long ones) or {@code none}
     * @throws IllegalArgumentException if a name is unknown
     */
    public static List<Fault> named(List<String> names) {
        return names.stream().flatMap(Fault::named).distinct().toList();
    }

    private static Stream<Fault> named(String name) {
        if (name.equals("none")) {
            return Stream.empty();
        }
        List<Fault> found = all().stream()
                .filter(fault -> name.equals("all")
                        || (name.equals("short") && !fault.kind().isLong())
                        || name.equals(fault.toString()))
                .toList();
        if (found.isEmpty()) {
            throw new IllegalArgumentException("Unknown fault %s: must be one of %s, all, short, none"
                    .formatted(name, all().stream().map(Fault::toString).collect(Collectors.joining(", "))));
        }
        return found.stream();
    }

    @Override
    public String toString() {
        return kind + "-" + part;
    }
}
