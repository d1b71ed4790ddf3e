package dev.terminalcloud.systemtests.migrations;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;

/**
 * The migrations since the last release keep that release working, which runs next to the new one during a rolling update.
 * {@code released-migrations.txt} lists those of the last release, {@code approved-migrations.txt} those that violate the rules on
 * purpose, with the reason.
 */
class MigrationsTest {
    private static final List<Migration> ALL = Migration.all();
    private static final Map<String, String> RELEASED = lines("released-migrations.txt", 1, 0);
    private static final Map<String, String> APPROVED = lines("approved-migrations.txt", 0, 1);
    private static final List<Migration> NEW = ALL.stream()
            .filter(migration -> !RELEASED.containsKey(migration.path()))
            .toList();

    @Test
    void releasedMigrationsNeverChange() {
        Map<String, String> now = ALL.stream()
                .filter(migration -> RELEASED.containsKey(migration.path()))
                .collect(Collectors.toMap(Migration::path, Migration::sha256, (one, other) -> one, TreeMap::new));

        assertThat(now).as("released migrations must not change").isEqualTo(RELEASED);
    }

    @Test
    void versionsAreUniqueAndNewOnesComeLast() {
        assertThat(ALL).isNotEmpty().allSatisfy(migration -> assertThat(migration.name())
                .matches("V[0-9]{8}\\.[0-9]{2}__[a-z_]+(_needs_[0-9]{8}\\.[0-9]{2})?\\.sql"));
        assertThat(ALL).extracting(Migration::version).doesNotHaveDuplicates();
        String newestReleased = ALL.stream()
                .filter(migration -> RELEASED.containsKey(migration.path()))
                .map(Migration::version)
                .max(String::compareTo)
                .orElse("");
        assertThat(NEW)
                .as("Flyway runs no migration below the version of a database")
                .allSatisfy(migration -> assertThat(migration.version()).isGreaterThan(newestReleased));
    }

    @Test
    void newMigrationsLeaveTheRunningReleaseWorking() {
        Set<String> newTables = NEW.stream()
                .flatMap(migration -> MigrationRules.tablesCreatedBy(migration.sql()).stream())
                .collect(Collectors.toSet());
        MigrationRules rules = new MigrationRules(newTables);

        assertThat(NEW)
                .filteredOn(migration -> !APPROVED.containsKey(migration.name()))
                .allSatisfy(migration -> assertThat(rules.violations(migration.sql()))
                        .as("%s; see shared-events/migrations.md", migration.path())
                        .isEmpty());
    }

    @Test
    void approvedMigrationsExistAndHaveAReason() {
        assertThat(NEW).extracting(Migration::name).containsAll(APPROVED.keySet());
        assertThat(APPROVED.values()).allSatisfy(reason -> assertThat(reason).isNotBlank());
    }

    /** The release before last refuses to start by it, instead of failing later. */
    @Test
    void approvedRemovalNamesTheMigrationThatItNeeds() {
        assertThat(NEW)
                .filteredOn(migration -> APPROVED.containsKey(migration.name()))
                .filteredOn(migration -> MigrationRules.removes(migration.sql()))
                .extracting(Migration::name)
                .allMatch(name -> name.contains("_needs_"));
    }

    /** Reads lines of two words, or of a word and a text; lines that begin with # are comments. */
    private static Map<String, String> lines(String file, int key, int value) {
        try (InputStream stream = MigrationsTest.class.getResourceAsStream("/" + file)) {
            return new String(stream.readAllBytes(), UTF_8)
                    .lines()
                    .filter(line -> !line.isBlank() && !line.startsWith("#"))
                    .map(line -> line.split(" +", 2))
                    .collect(Collectors.toMap(
                            line -> line[key], line -> line[value], (one, other) -> one, TreeMap::new));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
