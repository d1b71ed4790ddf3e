package dev.terminalcloud.checker.fault;

import java.util.Arrays;
import java.util.List;
import java.util.stream.Stream;

/** One way in which one part fails; its name is like {@code kill-pairing-service}. */
public record Fault(FaultType kind, Component part) {

    /** All of them. */
    public static List<Fault> all() {
        return Arrays.stream(FaultType.values())
                .flatMap(kind -> Arrays.stream(Component.values())
                        .filter(kind::appliesTo)
                        .map(part -> new Fault(kind, part)))
                .toList();
    }

    /**
     * The faults that are asked for: names, or {@code all}, {@code short} (without the long ones) or {@code none}.
     *
     * @throws IllegalArgumentException if there is no such fault
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
            throw new IllegalArgumentException(
                    "there is no fault %s: there are %s, and all, short, none".formatted(name, all()));
        }
        return found.stream();
    }

    @Override
    public String toString() {
        return kind + "-" + part;
    }
}
