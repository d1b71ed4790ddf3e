package dev.terminalcloud.transaction.polling;

import dev.terminalcloud.posapi.PosParameters;
import java.time.Duration;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.regex.Pattern;

/**
 * Parameters of a poll that waits for a change (POS API, section 10).
 *
 * @param time the maximum time to wait
 * @param seen the version that the register has seen; absent: the version at the beginning
 */
record LongPoll(Duration time, OptionalLong seen) {
    static final int MAX_SECONDS = 50;

    private static final Pattern SECONDS = Pattern.compile("[0-9]{1,2}");
    private static final Pattern VERSION = Pattern.compile("[0-9]{1,18}");

    /**
     * Returns the parameters; absent if the request does not want to wait.
     *
     * @throws dev.terminalcloud.posapi.ApiException 400 naming the parameter and the rule
     */
    static Optional<LongPoll> of(PosParameters parameters) {
        return parameters.text("wait").map(wait -> new LongPoll(timeOf(wait), seenOf(parameters)));
    }

    private static Duration timeOf(String wait) {
        int seconds = SECONDS.matcher(wait).matches() ? Integer.parseInt(wait) : 0;
        if (seconds < 1 || seconds > MAX_SECONDS) {
            throw PollingError.INVALID_WAIT.exception();
        }
        return Duration.ofSeconds(seconds);
    }

    private static OptionalLong seenOf(PosParameters parameters) {
        Optional<String> version = parameters.text("version");
        if (version.isEmpty()) {
            return OptionalLong.empty();
        }
        if (!VERSION.matcher(version.get()).matches()) {
            throw PollingError.INVALID_VERSION.exception();
        }
        return OptionalLong.of(Long.parseLong(version.get()));
    }
}
