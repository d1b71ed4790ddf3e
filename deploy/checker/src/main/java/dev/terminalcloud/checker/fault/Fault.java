package dev.terminalcloud.checker.fault;

import java.util.Arrays;
import java.util.List;
import java.util.Set;
import java.util.function.Predicate;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** One type of fault of one component, with a name such as {@code kill-pairing-service}. */
public record Fault(FaultType kind, Component part) {
    private static final Set<String> PLANNED = namesOf(FaultType::isPlanned);
    private static final Set<String> DISASTERS = namesOf(FaultType::isDisaster);

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
     * @param names the names of faults, or {@code all}, {@code short} (without the long ones), {@code planned} (the changes that operators
     *     make) or {@code disasters} (for which they have backups), both of which the others leave out, or {@code none}
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
                .filter(fault -> fault.isIn(name) || name.equals(fault.toString()))
                .toList();
        if (found.isEmpty()) {
            throw new IllegalArgumentException(
                    "Unknown fault %s: must be one of %s, all, short, planned, disasters, none"
                            .formatted(name, all().stream().map(Fault::toString).collect(Collectors.joining(", "))));
        }
        return found.stream();
    }

    /** Returns whether operators do what has this name on purpose. */
    public static boolean isPlanned(String name) {
        return PLANNED.contains(name);
    }

    /** Returns whether the fault with this name loses all data of its component. */
    public static boolean losesData(String name) {
        return DISASTERS.contains(name);
    }

    /** Returns whether one of the faults is of this type. */
    public static boolean has(List<Fault> faults, FaultType kind) {
        return faults.stream().anyMatch(fault -> fault.kind() == kind);
    }

    private static Set<String> namesOf(Predicate<FaultType> wanted) {
        return all().stream()
                .filter(fault -> wanted.test(fault.kind()))
                .map(Fault::toString)
                .collect(Collectors.toSet());
    }

    private boolean isIn(String group) {
        return switch (group) {
            case "all" -> !kind.isPlanned() && !kind.isDisaster();
            case "short" -> !kind.isPlanned() && !kind.isDisaster() && !kind.isLong();
            case "planned" -> kind.isPlanned();
            case "disasters" -> kind.isDisaster();
            default -> false;
        };
    }

    @Override
    public String toString() {
        return kind + "-" + part;
    }
}
