package dev.terminalcloud.posapi;

import com.google.errorprone.annotations.Immutable;
import java.time.Duration;
import java.util.Iterator;
import java.util.List;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * What the POS API promises of one way to refuse a request.
 *
 * @param text the value of {@code error}; what varies stands in it as <code>{name=example}</code>
 * @param meaning what it means, for the people who write a POS
 * @param advice what the POS should do
 * @param retryAfter after which time the same request may succeed
 */
@Immutable
public record ApiError(int status, String text, String meaning, String advice, Optional<Duration> retryAfter) {
    private static final Pattern VARIABLE = Pattern.compile("\\{([^=}]+)=([^}]*)}");

    public ApiError(int status, String text, String meaning, String advice) {
        this(status, text, meaning, advice, Optional.empty());
    }

    /** The same with the header {@code Retry-After}. */
    public ApiError retryAfter(Duration wait) {
        return new ApiError(status, text, meaning, advice, Optional.of(wait));
    }

    /** The text with the names of what varies: <code>{name} is missing</code>. */
    public String template() {
        return VARIABLE.matcher(text).replaceAll("{$1}");
    }

    /** The text with the examples in it. */
    public String example() {
        return VARIABLE.matcher(text).replaceAll("$2");
    }

    /**
     * The text as a POS gets it.
     *
     * @param values what varies, in the order of the text
     * @throws IllegalArgumentException if there are more or fewer of them than the text has places
     */
    String format(Object... values) {
        if (VARIABLE.matcher(text).results().count() != values.length) {
            throw new IllegalArgumentException("'%s' has no %d places".formatted(text, values.length));
        }
        Iterator<Object> given = List.of(values).iterator();
        return VARIABLE.matcher(text)
                .replaceAll(place -> Matcher.quoteReplacement(given.next().toString()));
    }
}
