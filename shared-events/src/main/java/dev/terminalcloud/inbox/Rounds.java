package dev.terminalcloud.inbox;

import io.smallrye.mutiny.Multi;
import io.smallrye.mutiny.Uni;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Function;

/**
 * A batch in rounds, so that what is alike in a round can be done with one statement: the first round has the first event of each
 * key, the second the second, and so on. One after the other they keep the order of each key, which alone means something.
 */
public final class Rounds {
    private Rounds() {}

    /** No key comes twice in a round; a round has the order of the batch. */
    public static <E> List<List<E>> of(List<E> batch, Function<? super E, String> key) {
        List<List<E>> rounds = new ArrayList<>();
        Map<String, Integer> seen = new HashMap<>();
        for (E event : batch) {
            int round = seen.merge(key.apply(event), 1, Integer::sum) - 1;
            if (round == rounds.size()) {
                rounds.add(new ArrayList<>());
            }
            rounds.get(round).add(event);
        }
        return rounds;
    }

    /** Those of a round that are of one type. */
    public static <E> List<E> ofType(Class<E> type, List<?> round) {
        return round.stream().filter(type::isInstance).map(type::cast).toList();
    }

    /** Does a step for each item, when the step before is done. */
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
