package dev.terminalcloud.systemtests.migrations;

import java.util.Collection;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;

/**
 * A table with the classes that use it, all without {@code dev.terminalcloud}.
 *
 * @param owner the only class that has statements on the table, but for its parts
 * @param parts classes of the owner's package that have statements of the owner
 */
record OwnedTable(String name, String owner, Set<String> parts) {
    static OwnedTable of(String name, String owner) {
        return new OwnedTable(name, owner, Set.of());
    }

    OwnedTable withParts(String... classNames) {
        return new OwnedTable(name, owner, Set.of(classNames));
    }

    /** Returns the classes with the owner in the place of each of its parts. */
    Set<String> ownersOf(Collection<String> classNames) {
        return classNames.stream()
                .map(className -> parts.contains(className) ? owner : className)
                .collect(Collectors.toCollection(TreeSet::new));
    }
}
