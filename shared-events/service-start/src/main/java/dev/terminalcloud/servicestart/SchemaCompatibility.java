package dev.terminalcloud.servicestart;

import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.flywaydb.core.Flyway;
import org.flywaydb.core.api.MigrationInfo;
import org.flywaydb.core.api.MigrationState;
import org.flywaydb.core.api.MigrationVersion;

/**
 * The check that this release works with a schema that is newer. One release ahead it does. A migration that removes what a release may use names
 * the newest migration of the first release that does not use it, at the end of its own name: {@code …_needs_20261201.11}.
 */
final class SchemaCompatibility {
    private static final Pattern NEEDS = Pattern.compile("\\bneeds ([0-9.]+)$");

    private SchemaCompatibility() {}

    /** Returns why this release does not work with the schema; empty if it does. */
    static Optional<String> violation(Flyway flyway) {
        List<MigrationInfo> all = Arrays.asList(flyway.info().all());
        MigrationVersion newestKnown = all.stream()
                .filter(migration -> !isFuture(migration))
                .map(MigrationInfo::getVersion)
                .max(MigrationVersion::compareTo)
                .orElse(MigrationVersion.EMPTY);
        return all.stream()
                .filter(SchemaCompatibility::isFuture)
                .flatMap(migration -> needed(migration)
                        .filter(needed -> needed.compareTo(newestKnown) > 0)
                        .map(needed ->
                                ("the schema is more than one release ahead: migration %s needs a release that has %s, this"
                                                + " one has %s. Start a newer release")
                                        .formatted(migration.getVersion(), needed, newestKnown)))
                .findFirst();
    }

    private static boolean isFuture(MigrationInfo migration) {
        return migration.getState() == MigrationState.FUTURE_SUCCESS;
    }

    private static Stream<MigrationVersion> needed(MigrationInfo migration) {
        return NEEDS.matcher(migration.getDescription())
                .results()
                .map(needs -> MigrationVersion.fromVersion(needs.group(1)));
    }
}
