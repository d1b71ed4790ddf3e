package dev.terminalcloud.benchmark.attack;

import java.util.stream.Collectors;
import java.util.stream.IntStream;

/** JSON objects with many different names of five digits, ten bytes each with its value. */
final class Names {
    private Names() {}

    /** @param first the first members, with a comma after each */
    static String object(String first, int count) {
        return IntStream.range(0, count)
                .mapToObj("\"%05x\":1"::formatted)
                .collect(Collectors.joining(",", "{" + first, "}"));
    }
}
