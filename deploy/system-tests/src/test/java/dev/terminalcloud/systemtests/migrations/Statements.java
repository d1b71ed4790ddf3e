package dev.terminalcloud.systemtests.migrations;

import java.util.List;
import java.util.Locale;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;

/** The statements of a migration, in lower case, without comments, string literals and bodies of functions: to be checked, not to be run. */
final class Statements {
    private static final Pattern COMMENT = Pattern.compile("--[^\\n]*|(?s:/\\*.*?\\*/)");
    private static final Pattern TEXT = Pattern.compile("'(?:[^']|'')*'");
    private static final Pattern BODY = Pattern.compile("(?s)(\\$[a-z]*\\$).*?\\1");
    private static final Pattern STATEMENT = Pattern.compile("[^;]+");

    private Statements() {}

    static List<String> of(String sql) {
        String withoutTexts = TEXT.matcher(withoutComments(sql)).replaceAll("''");
        String withoutBodies = BODY.matcher(withoutTexts).replaceAll("body");
        return STATEMENT
                .matcher(withoutBodies.toLowerCase(Locale.ROOT))
                .results()
                .map(MatchResult::group)
                .map(statement -> statement.replaceAll("\\s+", " ").strip())
                .filter(statement -> !statement.isEmpty())
                .toList();
    }

    /** Two hyphens inside a string literal do not begin a comment. */
    private static String withoutComments(String sql) {
        return Pattern.compile(TEXT.pattern() + "|" + COMMENT.pattern())
                .matcher(sql)
                .replaceAll(match -> match.group().startsWith("'") ? "''" : " ");
    }
}
