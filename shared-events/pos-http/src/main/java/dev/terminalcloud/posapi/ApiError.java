package dev.terminalcloud.posapi;

import com.google.errorprone.annotations.Immutable;
import java.time.Duration;
import java.util.Iterator;
import java.util.List;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * One documented error of the POS API.
 *
 * @param text the value of {@code error}, with placeholders of the form <code>{name=example}</code>
 * @param meaning the meaning of the error, for developers of a POS
 * @param advice the action that the POS should take
 * @param retryAfter the time after which the same request may succeed
 */
@Immutable
public record ApiError(int status, String text, String meaning, String advice, Optional<Duration> retryAfter) {
    private static final Pattern VARIABLE = Pattern.compile("\\{([^=}]+)=([^}]*)}");

    public ApiError(int status, String text, String meaning, String advice) {
        this(status, text, meaning, advice, Optional.empty());
    }

    /** Returns the same error with the header {@code Retry-After}. */
    public ApiError retryAfter(Duration wait) {
        return new ApiError(status, text, meaning, advice, Optional.of(wait));
    }

    /** Returns the text with the names of its placeholders: <code>{name} is missing</code>. */
    public String template() {
        return VARIABLE.matcher(text).replaceAll("{$1}");
    }

    /** Returns the text with the examples of its placeholders. */
    public String example() {
        return VARIABLE.matcher(text).replaceAll("$2");
    }

    /**
     * Returns the text as the POS receives it.
     *
     * @param values the values of the placeholders, in the order of the text
     * @throws IllegalArgumentException if the number of values differs from the number of placeholders
     */
    String format(Object... values) {
        if (VARIABLE.matcher(text).results().count() != values.length) {
            throw new IllegalArgumentException("'%s' does not have %d placeholders".formatted(text, values.length));
        }
        Iterator<Object> given = List.of(values).iterator();
        return VARIABLE.matcher(text)
                .replaceAll(place -> Matcher.quoteReplacement(given.next().toString()));
    }
}
