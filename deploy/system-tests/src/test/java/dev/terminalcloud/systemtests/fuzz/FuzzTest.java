package dev.terminalcloud.systemtests.fuzz;

import static org.assertj.core.api.Assertions.assertThat;

import dev.terminalcloud.systemtests.OneStack;
import dev.terminalcloud.systemtests.Shop;
import dev.terminalcloud.systemtests.Shops;
import dev.terminalcloud.systemtests.Transport;
import java.io.IOException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SplittableRandom;
import java.util.TreeMap;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.LongAdder;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/**
 * The response to any corrupted request is in time, is JSON that any page may read, is not a server error, and names the
 * parameter.
 */
@Tag("slow")
@ExtendWith(OneStack.class)
class FuzzTest {
    private static final long FIXED_SEED = 20_260_101;
    private static final int INPUTS = Integer.getInteger("fuzz.inputs", 1_000);
    private static final int CONCURRENCY = 12;
    private static final int MAX_CORRUPTED = 3;
    private static final int SHOWN_FAILURES = 20;

    private final Shops shops;

    FuzzTest(Shops shops) {
        this.shops = shops;
    }

    @Test
    void eachCorruptedParameterIsHandled() throws Exception {
        SplittableRandom random = new SplittableRandom(FIXED_SEED);
        fuzz("each parameter, seed " + FIXED_SEED, random, endpoints -> {
            List<FuzzCase> cases = new ArrayList<>();
            for (Endpoint endpoint : endpoints) {
                for (Parameter parameter : endpoint.corruptible()) {
                    for (ParameterCorruption corruption : ParameterCorruption.values()) {
                        for (Placement placement : endpoint.placements()) {
                            cases.add(FuzzCase.of(endpoint, Map.of(parameter, corruption), placement, random));
                        }
                    }
                }
            }
            return cases;
        });
    }

    @Test
    void severalCorruptedParametersAreHandled() throws Exception {
        long seed = Long.getLong("fuzz.seed", System.nanoTime());
        SplittableRandom random = new SplittableRandom(seed);
        fuzz("several parameters, -Dfuzz.seed=" + seed, random, endpoints -> IntStream.range(0, INPUTS)
                .mapToObj(i -> severalCorrupted(endpoints, random))
                .toList());
    }

    private static FuzzCase severalCorrupted(List<Endpoint> endpoints, SplittableRandom random) {
        Endpoint endpoint = one(endpoints, random);
        Map<Parameter, ParameterCorruption> corrupted = new HashMap<>();
        for (int i = random.nextInt(1, MAX_CORRUPTED + 1); i > 0; i--) {
            corrupted.put(one(endpoint.corruptible(), random), one(List.of(ParameterCorruption.values()), random));
        }
        return FuzzCase.of(endpoint, corrupted, one(endpoint.placements(), random), random);
    }

    private static <T> T one(List<T> list, SplittableRandom random) {
        return list.get(random.nextInt(list.size()));
    }

    private interface Generator {
        List<FuzzCase> generate(List<Endpoint> endpoints);
    }

    private void fuzz(String title, SplittableRandom random, Generator generator) throws Exception {
        Map<Integer, LongAdder> statuses = new ConcurrentHashMap<>();
        ConcurrentLinkedQueue<String> failures = new ConcurrentLinkedQueue<>();
        try (Shop shop = shops.paired(Transport.TCP)) {
            RawHttpConnection connection = new RawHttpConnection(shops.site().http());
            List<FuzzCase> cases =
                    generator.generate(Endpoint.all(shop.register().names()));
            ExecutorService threads = Executors.newFixedThreadPool(CONCURRENCY);
            try {
                List<Future<?>> running = new ArrayList<>();
                for (FuzzCase fuzzCase : cases) {
                    SplittableRandom own = random.split();
                    running.add(threads.submit(() -> {
                        String failure =
                                send(connection, fuzzCase, own, statuses).orElse(null);
                        if (failure != null) {
                            failures.add(failure + " to " + fuzzCase);
                        }
                    }));
                }
                for (Future<?> each : running) {
                    each.get();
                }
            } finally {
                threads.shutdownNow();
            }
            System.out.printf(
                    "Fuzz, %s: %d inputs, responses by status %s, %d failures%n",
                    title, cases.size(), new TreeMap<>(statuses), failures.size());
            assertThat(cases).isNotEmpty();
        }
        assertThat(failures.stream().limit(SHOWN_FAILURES)).as(title).isEmpty();
    }

    private static Optional<String> send(
            RawHttpConnection connection,
            FuzzCase fuzzCase,
            SplittableRandom random,
            Map<Integer, LongAdder> statuses) {
        try {
            RawHttpConnection.Reply reply = connection.send(fuzzCase.request(), random);
            statuses.computeIfAbsent(reply.status(), status -> new LongAdder()).increment();
            return Verdict.on(fuzzCase, reply);
        } catch (IOException e) {
            return Optional.of("no response (" + e + ")");
        }
    }
}
