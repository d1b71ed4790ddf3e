package dev.terminalcloud.systemtests.vocabulary;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Properties;
import java.util.Set;
import java.util.TreeMap;
import java.util.function.Function;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** The rules of {@code deploy/vocabulary.md} for the names and texts of one file, with the words of {@code vocabulary.properties}. */
final class VocabularyRules {
    private static final Pattern NOT_CODE = Pattern.compile(
            "/\\*.*?\\*/|//[^\\n]*|\"\"\".*?\"\"\"|\"(?:\\\\.|[^\"\\\\\\n])*\"|'(?:\\\\.|[^'\\\\\\n])+'|`(?:\\\\.|[^`\\\\])*`",
            Pattern.DOTALL);
    private static final Pattern IDENTIFIER = Pattern.compile("\\b[A-Za-z_]\\w*");
    private static final Pattern WORD_BOUNDARY = Pattern.compile("(?<=[a-z0-9])(?=[A-Z])|_");
    private static final Pattern CONCATENATION = Pattern.compile("\"\\s*\\+\\s*\"");
    private static final Pattern LINE_BREAK = Pattern.compile("\\R\\s*(?:\\*(?!/)|//|#|--)?\\s*");
    private static final Pattern TEST_METHOD = Pattern.compile(
            "@(?:Test|ParameterizedTest|RepeatedTest|TestFactory|Proves)\\b.*?\\b(\\w+)\\([^()]*\\) (?:throws [\\w., ]+ )?\\{",
            Pattern.DOTALL);
    private static final Pattern ARTICLE_OR_RELATIVE =
            Pattern.compile("(an?|the|what|who|whoever|whom|whose|which|when|where|how)[A-Z].*");
    private static final Pattern LOG_CALL =
            Pattern.compile("\\bLOG ?\\. ?[a-z]+\\((?:[^\"()]|\\(\\))*\"((?:\\\\.|[^\"\\\\])*)\"");
    private static final Pattern LOG_MESSAGE =
            Pattern.compile("[A-Z][^%=:]*[^%=:. ](?:\\. %s)?(?:: (\\w+=(?:%[sd])?(?: \\w+=(?:%[sd])?)*))?");

    private final Set<String> words;
    private final Set<String> allowedIdentifiers;
    private final Set<String> constantPrefixes;
    private final Set<String> logKeys;
    private final List<Pattern> phrases;
    /** By the name itself, which is much faster to find than its pattern. */
    private final Map<String, Pattern> oldNames;

    private VocabularyRules(Properties rules) {
        this.words = words(rules, "identifier-words");
        this.allowedIdentifiers = words(rules, "identifiers-allowed");
        this.constantPrefixes = words(rules, "constant-prefixes");
        this.logKeys = words(rules, "log-keys");
        this.phrases = keys(rules, "phrase.")
                .map(key -> Pattern.compile(rules.getProperty(key)))
                .toList();
        this.oldNames = keys(rules, "old-names.")
                .flatMap(key -> words(rules, key).stream())
                .collect(Collectors.toMap(
                        Function.identity(),
                        name -> Pattern.compile("(?<![\\w.-])" + Pattern.quote(name) + "(?![\\w(-])"),
                        (first, same) -> first,
                        TreeMap::new));
    }

    static VocabularyRules read() {
        try (InputStream in = VocabularyRules.class.getResourceAsStream("/vocabulary.properties")) {
            Properties rules = new Properties();
            rules.load(in);
            return new VocabularyRules(rules);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static Set<String> words(Properties rules, String key) {
        String words = rules.getProperty(key, "");
        if (words.isBlank()) {
            throw new IllegalStateException(key + " must be in vocabulary.properties");
        }
        return Arrays.stream(words.replaceAll("[\\[\\]]", "").strip().split("\\s+"))
                .collect(Collectors.toSet());
    }

    private static Stream<String> keys(Properties rules, String prefix) {
        List<String> keys = rules.stringPropertyNames().stream()
                .filter(key -> key.startsWith(prefix))
                .sorted()
                .toList();
        if (keys.isEmpty()) {
            throw new IllegalStateException(prefix + "… must be in vocabulary.properties");
        }
        return keys.stream();
    }

    /** Returns the identifiers of Java or JavaScript code with a forbidden word, in any case. */
    List<String> forbiddenIdentifiers(String code) {
        return matches(IDENTIFIER, NOT_CODE.matcher(code).replaceAll(" "))
                .map(MatchResult::group)
                .distinct()
                .filter(name -> !allowedIdentifiers.contains(name))
                .filter(this::isForbidden)
                .toList();
    }

    private boolean isForbidden(String identifier) {
        List<String> parts = WORD_BOUNDARY.splitAsStream(identifier).toList();
        boolean isConstant = identifier.equals(identifier.toUpperCase(Locale.ROOT));
        return parts.stream().anyMatch(part -> words.contains(part.toLowerCase(Locale.ROOT)))
                || (isConstant && parts.stream().limit(1).anyMatch(constantPrefixes::contains));
    }

    /** Returns the forbidden phrases and old names in a text, also across line breaks and concatenated strings. */
    List<String> forbiddenPhrases(String text) {
        String joined = joined(text);
        Stream<Pattern> contained = oldNames.entrySet().stream()
                .filter(old -> joined.contains(old.getKey()))
                .map(Map.Entry::getValue);
        return Stream.concat(phrases.stream(), contained)
                .flatMap(phrase -> matches(phrase, joined))
                .map(MatchResult::group)
                .toList();
    }

    /** Returns the log messages of Java code that do not have the one format, with allowed keys and the reason, perhaps with its detail, last. */
    List<String> malformedLogMessages(String code) {
        return logMessages(code).filter(message -> !isWellFormed(message)).toList();
    }

    /** Returns the texts of the log messages in Java code. */
    static Stream<String> logMessages(String code) {
        return matches(LOG_CALL, joined(code)).map(call -> call.group(1));
    }

    private boolean isWellFormed(String message) {
        var matcher = LOG_MESSAGE.matcher(message);
        if (!matcher.matches()) {
            return false;
        }
        List<String> keys = new ArrayList<>();
        if (matcher.group(1) != null) {
            Arrays.stream(matcher.group(1).split(" ")).forEach(field -> keys.add(field.split("=", 2)[0]));
        }
        int reason = keys.indexOf("reason");
        boolean reasonIsLast = reason < 0
                || reason == keys.size() - 1
                || keys.subList(reason + 1, keys.size()).equals(List.of("detail"));
        return logKeys.containsAll(keys) && reasonIsLast;
    }

    /** Returns the test methods in Java code whose names begin with an article or a relative pronoun. */
    List<String> malformedTestNames(String code) {
        return testNames(code)
                .filter(name -> ARTICLE_OR_RELATIVE.matcher(name).matches())
                .toList();
    }

    /** Returns the names of the test methods in Java code. */
    static Stream<String> testNames(String code) {
        return matches(TEST_METHOD, code).map(method -> method.group(1));
    }

    private static String joined(String text) {
        return LINE_BREAK.matcher(CONCATENATION.matcher(text).replaceAll("")).replaceAll(" ");
    }

    private static Stream<MatchResult> matches(Pattern pattern, String text) {
        return pattern.matcher(text).results();
    }
}
