package dev.terminalcloud.posapi;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static org.assertj.core.api.Assertions.assertThat;

import java.lang.management.ManagementFactory;
import java.lang.management.ThreadMXBean;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.LongStream;
import org.junit.jupiter.api.Test;

/** The processor time of a request depends on its size alone: compared with plain text of the same size, in the same run. */
class ParsingCostTest {
    private static final int SIZE = RequestBody.MAX_BYTES;
    private static final int MAX_RATIO = 5;
    private static final int ROUNDS = 20;
    private static final List<String> SYNTAX = List.of("&", "=", "+", "%", ";");

    private final ThreadMXBean threads = ManagementFactory.getThreadMXBean();

    @Test
    void noInputCostsMoreThanItsSize() {
        List<String> inputs = inputs();
        inputs.forEach(input -> nanos(filled("", input)));
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
        return LongStream.range(0, ROUNDS).map(round -> nanos(body)).min().orElseThrow();
    }

    /** Other processes can only make a round slower: so one that is fast enough suffices. */
    private boolean isCheap(String beginning, String repeated, long limit) {
        byte[] body = filled(beginning, repeated);
        return LongStream.range(0, ROUNDS).anyMatch(round -> nanos(body) <= limit);
    }

    private static byte[] filled(String beginning, String repeated) {
        return (beginning + repeated.repeat(SIZE / repeated.length()))
                .substring(0, SIZE - 2)
                .getBytes(ISO_8859_1);
    }

    private long nanos(byte[] body) {
        long start = threads.getCurrentThreadCpuTime();
        try {
            PosParameters.read(null, null, body);
        } catch (ApiException e) {
            assertThat(e.status()).isEqualTo(400);
        }
        return threads.getCurrentThreadCpuTime() - start;
    }
}
