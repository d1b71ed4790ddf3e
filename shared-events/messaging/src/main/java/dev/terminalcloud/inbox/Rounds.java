package dev.terminalcloud.inbox;

import io.smallrye.mutiny.Multi;
import io.smallrye.mutiny.Uni;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Function;

/**
 * A batch split into rounds, so that one statement can handle all similar events of a round: the first round has the first event of
 * each key, the second round the second event, and so on. Applied in sequence they keep the order of each key; no other order matters.
 */
public final class Rounds {
    private Rounds() {}

    /** Splits the batch. No key occurs twice in a round; each round keeps the order of the batch. */
    public static <E> List<List<E>> of(List<E> batch, Function<? super E, String> key) {
        return parts(batch, key, 1);
    }

    /**
     * Splits the batch so that no key holds up the others: a part has at most that many events of each key, and further ones are in
     * later parts. Each part keeps the order of the batch.
     */
    public static <E> List<List<E>> parts(List<E> batch, Function<? super E, String> key, int maxPerKey) {
        List<List<E>> parts = new ArrayList<>();
        Map<String, Integer> seen = new HashMap<>();
        for (E event : batch) {
            int part = (seen.merge(key.apply(event), 1, Integer::sum) - 1) / maxPerKey;
            if (part == parts.size()) {
                parts.add(new ArrayList<>());
            }
            parts.get(part).add(event);
        }
        return parts;
    }

    /** Returns the items of the round that have this type. */
    public static <E> List<E> ofType(Class<E> type, List<?> round) {
        return round.stream().filter(type::isInstance).map(type::cast).toList();
    }

    /** Runs the step for each item, after the previous step has completed. */
    public static <T> Uni<Void> sequentially(List<T> items, Function<T, Uni<Void>> step) {
        return Multi.createFrom()
                .iterable(items)
                .onItem()
                .transformToUniAndConcatenate(item -> step.apply(item))
                .collect()
                .last()
                .replaceWithVoid();
    }
}
