package dev.terminalcloud.posapi;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static org.assertj.core.api.Assertions.assertThat;

import jakarta.ws.rs.core.MediaType;
import java.lang.management.ManagementFactory;
import java.lang.management.ThreadMXBean;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.stream.LongStream;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** The processor time of a request depends on its size alone: compared with plain text of the same size, in the same run. */
@Tag("slow")
class ParsingCostTest {
    private static final MediaType JSON = MediaType.APPLICATION_JSON_TYPE;
    private static final int SIZE = RequestBody.MAX_BYTES;
    private static final int MAX_RATIO = 5;
    private static final int ROUNDS = 20;
    private static final List<String> SYNTAX = List.of("&", "=", "+", "%", ";");

    private final ThreadMXBean threads = ManagementFactory.getThreadMXBean();

    @Test
    void noInputCostsMoreThanItsSize() {
        List<String> inputs = inputs();
        inputs.forEach(input -> nanos(null, filled("", input)));
        long limit = MAX_RATIO * plainText();

        assertThat(inputs).allSatisfy(input -> {
            assertThat(isCheap("", input, limit)).as("only %s", input).isTrue();
            assertThat(isCheap("POSBusinessName=", input, limit))
                    .as("a text of %s", input)
                    .isTrue();
            assertThat(isCheap("SaleData={", input, limit))
                    .as("sale data of %s", input)
                    .isTrue();
        });
    }

    @Test
    void noJsonCostsMoreThanItsSize() {
        List<Json> inputs = List.of(
                new Json("{\"a\":\"", "\\u0041", "\"}"),
                new Json("{\"a\":\"", "\\n", "\"}"),
                new Json("{\"a\":\"", "\u00c3\u00a9", "\"}"),
                new Json("{\"a\":[0", ",1", "]}"),
                new Json("{\"a\":[0", ",1.5", "]}"),
                new Json("{\"a\":[0", ",1e9", "]}"),
                new Json("{\"a\":[0", ",{}", "]}"),
                new Json("{\"a\":[0", ",[]", "]}"),
                new Json("{\"a\":[0", ",\"\"", "]}"),
                new Json("{\"a\":[0", ",true", "]}"),
                new Json("{\"a\":{\"b\":0", ",\"b\":1", "}}"),
                new Json("{\"a\":0", ",\"a\":1", "}"),
                new Json("{\"a\":", "9", "}"),
                new Json("", "{\"a\":", ""),
                new Json("{\"a\":", "[", ""),
                new Json("{", " ", "}"),
                distinctNames());
        inputs.forEach(input -> nanos(JSON, input.filled()));
        long limit = MAX_RATIO * plainText();

        assertThat(inputs).allSatisfy(input -> assertThat(isCheap(JSON, input.filled(), limit))
                .as("repeated %s", input.repeated())
                .isTrue());
    }

    /** A JSON text that is filled up with one piece to the greatest size that is read. */
    private record Json(String beginning, String repeated, String end) {
        byte[] filled() {
            int room = SIZE - beginning.length() - end.length();
            return (beginning + repeated.repeat(room / repeated.length()) + end).getBytes(ISO_8859_1);
        }
    }

    private static Json distinctNames() {
        String members = IntStream.range(0, 23_000)
                .mapToObj(name -> "\"%x\":1".formatted(name))
                .collect(Collectors.joining(","));
        return new Json("{\"a\":{" + members, " ", "}}");
    }

    private static List<String> inputs() {
        List<String> inputs = new ArrayList<>();
        for (char single = 0; single <= 0xff; single++) {
            inputs.add(String.valueOf(single));
        }
        for (String first : SYNTAX) {
            for (String second : SYNTAX) {
                inputs.add(first + second);
            }
        }
        inputs.add("%41");
        inputs.add("&a=");
        inputs.add("&M");
        inputs.add("\u00c3\u00a9");
        return inputs;
    }

    private long plainText() {
        byte[] body = filled("a=", "x");
        return LongStream.range(0, ROUNDS).map(round -> nanos(null, body)).min().orElseThrow();
    }

    private boolean isCheap(String beginning, String repeated, long limit) {
        return isCheap(null, filled(beginning, repeated), limit);
    }

    /** Other processes can only make a round slower: so one that is fast enough suffices. */
    private boolean isCheap(MediaType type, byte[] body, long limit) {
        return LongStream.range(0, ROUNDS).anyMatch(round -> nanos(type, body) <= limit);
    }

    private static byte[] filled(String beginning, String repeated) {
        return (beginning + repeated.repeat(SIZE / repeated.length()))
                .substring(0, SIZE - 2)
                .getBytes(ISO_8859_1);
    }

    private long nanos(MediaType type, byte[] body) {
        long start = threads.getCurrentThreadCpuTime();
        try {
            PosParameters.read(null, type, body);
        } catch (ApiException e) {
            assertThat(e.status()).isEqualTo(400);
        }
        return threads.getCurrentThreadCpuTime() - start;
    }
}
