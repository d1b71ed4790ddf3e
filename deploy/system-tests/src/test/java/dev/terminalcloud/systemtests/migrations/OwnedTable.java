package dev.terminalcloud.systemtests.migrations;

import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;

/**
 * A table with the classes that use it, all without {@code dev.terminalcloud}.
 *
 * @param owner the only class that writes the table
 * @param parts classes of the owner's package that have statements of the owner
 */
record OwnedTable(String name, String owner, Set<String> parts, List<Reader> readers) {
    /** A class that is not the owner, and why it reads the table. */
    record Reader(String className, String reason) {}

    static OwnedTable of(String name, String owner) {
        return new OwnedTable(name, owner, Set.of(), List.of());
    }

    OwnedTable withParts(String... classNames) {
        return new OwnedTable(name, owner, Set.of(classNames), readers);
    }

    OwnedTable readBy(String className, String reason) {
        List<Reader> more = new ArrayList<>(readers);
        more.add(new Reader(className, reason));
        return new OwnedTable(name, owner, parts, List.copyOf(more));
    }

    /** Returns the classes with the owner in the place of each of its parts. */
    Set<String> ownersOf(Collection<String> classNames) {
        return classNames.stream()
                .map(className -> parts.contains(className) ? owner : className)
                .collect(Collectors.toCollection(TreeSet::new));
    }

    /** Returns the classes that may name the table, but for its parts. */
    Set<String> ownerAndReaders() {
        Set<String> classes = new TreeSet<>(Set.of(owner));
        readers.forEach(reader -> classes.add(reader.className()));
        return classes;
    }
}
