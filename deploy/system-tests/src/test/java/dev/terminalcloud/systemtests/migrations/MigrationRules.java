package dev.terminalcloud.systemtests.migrations;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/**
 * The allowed changes of a migration to tables that the running release uses: it continues to read and write them while replicas
 * of the next release, which have migrated, start next to it. Only changes that are known to be harmless are allowed.
 */
final class MigrationRules {
    private static final String NAME = "(?:[a-z0-9_]+\\.)?([a-z0-9_]+)";
    private static final Pattern TABLE =
            Pattern.compile("create (?:unlogged )?table (?:if not exists )?" + NAME + "\\b.*");
    private static final Pattern VIEW = Pattern.compile("create (?:or replace )?view " + NAME + "\\b.*");
    private static final Pattern INDEX = Pattern.compile(
            "create (unique )?index (concurrently )?(?:if not exists )?(?:[a-z0-9_]+ )?on (?:only )?" + NAME + "\\b.*");
    private static final Pattern ALTERATION =
            Pattern.compile("alter table (?:if exists )?(?:only )?" + NAME + "\\b (.*)");
    private static final Pattern OF_ONE_TABLE = Pattern.compile(
            "(?:create trigger .* on|drop trigger .* on|drop table(?: if exists)?|update(?: only)?|delete from(?:"
                    + " only)?|truncate(?: table)?) "
                    + NAME + "\\b.*");
    private static final Pattern HARMLESS = Pattern.compile(
            "(?:comment on|insert into|create (?:function|type|sequence|schema|view|materialized view)) .*");
    private static final Pattern HARMLESS_ACTION = Pattern.compile(
            "alter (?:column )?[a-z0-9_]+ set (?:default|statistics) .*|set \\(.*|validate constraint .*");
    private static final Pattern NEW_COLUMN = Pattern.compile("add (?:column )?(?:if not exists )?([a-z0-9_]+) .*");
    private static final Set<String> CONSTRAINTS =
            Set.of("constraint", "check", "unique", "primary", "foreign", "exclude");
    private static final Pattern TOP_LEVEL_COMMA = Pattern.compile(",(?![^(]*\\))");

    private static final Pattern REMOVAL =
            Pattern.compile("drop .*|alter table .* (?:drop (?:column )?(?!default|not null)|rename |set not null).*");

    private final Set<String> newTables;

    /** @param newTables the tables that no release has: no running release can use them */
    MigrationRules(Set<String> newTables) {
        this.newTables = newTables;
    }

    static Set<String> tablesCreatedBy(String sql) {
        return createdBy(sql, TABLE);
    }

    static Set<String> viewsCreatedBy(String sql) {
        return createdBy(sql, VIEW);
    }

    private static Set<String> createdBy(String sql, Pattern creation) {
        return Statements.of(sql).stream()
                .map(creation::matcher)
                .filter(Matcher::matches)
                .map(matcher -> matcher.group(1))
                .collect(Collectors.toSet());
    }

    /** Returns whether the migration removes something that a release may use, or demands something that it may not write. */
    static boolean removes(String sql) {
        return Statements.of(sql).stream()
                .anyMatch(statement -> REMOVAL.matcher(statement).matches());
    }

    /** Returns the violations of the migration; empty if all its changes are allowed. */
    List<String> violations(String sql) {
        List<String> statements = Statements.of(sql);
        List<String> violations = new ArrayList<>();
        for (String statement : statements) {
            violation(statement).ifPresent(violations::add);
        }
        if (statements.size() > 1 && statements.stream().anyMatch(MigrationRules::isConcurrent)) {
            violations.add(
                    "an index that is created concurrently needs a separate file: it must not be in a transaction");
        }
        return violations;
    }

    private Optional<String> violation(String statement) {
        Matcher index = INDEX.matcher(statement);
        if (index.matches()) {
            return isNew(index.group(3)) ? Optional.empty() : violationOfIndex(index);
        }
        Matcher alteration = ALTERATION.matcher(statement);
        if (alteration.matches()) {
            return isNew(alteration.group(1)) ? Optional.empty() : violationOfAlteration(alteration);
        }
        Matcher ofOneTable = OF_ONE_TABLE.matcher(statement);
        boolean harmless = TABLE.matcher(statement).matches()
                || HARMLESS.matcher(statement).matches()
                || (ofOneTable.matches() && isNew(ofOneTable.group(1)));
        return harmless ? Optional.empty() : Optional.of("not known to be harmless: " + statement);
    }

    private static Optional<String> violationOfIndex(Matcher index) {
        if (index.group(1) != null) {
            return Optional.of("a unique index, which the running release may violate: " + index.group());
        }
        return index.group(2) == null
                ? Optional.of("an index that is not created concurrently blocks all writes: " + index.group())
                : Optional.empty();
    }

    private static Optional<String> violationOfAlteration(Matcher alteration) {
        return Arrays.stream(TOP_LEVEL_COMMA.split(alteration.group(2)))
                .map(String::strip)
                .filter(action -> !isHarmless(action))
                .findFirst()
                .map(action ->
                        "the running release may fail after: alter table %s %s".formatted(alteration.group(1), action));
    }

    private static boolean isHarmless(String action) {
        if (HARMLESS_ACTION.matcher(action).matches()) {
            return true;
        }
        Matcher column = NEW_COLUMN.matcher(action);
        return column.matches()
                && !CONSTRAINTS.contains(column.group(1))
                && !action.matches(".*\\b(unique|primary key)\\b.*")
                && (!action.contains("not null") || action.contains(" default ") || action.contains(" generated "));
    }

    private static boolean isConcurrent(String statement) {
        Matcher index = INDEX.matcher(statement);
        return index.matches() && index.group(2) != null;
    }

    private boolean isNew(String table) {
        return newTables.contains(table);
    }
}
