package dev.terminalcloud.inbox;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Test;

class RoundsTest {
    @Test
    void noKeyComesTwiceInARoundAndEachKeyKeepsItsOrder() {
        List<String> batch = List.of("a1", "b1", "a2", "c1", "a3", "b2");

        assertThat(Rounds.of(batch, event -> event.substring(0, 1)))
                .containsExactly(List.of("a1", "b1", "c1"), List.of("a2", "b2"), List.of("a3"));
    }

    @Test
    void nothingHasNoRounds() {
        assertThat(Rounds.of(List.<String>of(), event -> event)).isEmpty();
    }

    @Test
    void keyWithManyEventsHoldsUpNoOther() {
        List<String> batch = List.of("a1", "a2", "a3", "a4", "a5", "b1", "c1", "b2");

        assertThat(Rounds.parts(batch, event -> event.substring(0, 1), 2))
                .containsExactly(List.of("a1", "a2", "b1", "c1", "b2"), List.of("a3", "a4"), List.of("a5"));
        assertThat(Rounds.parts(List.<String>of(), event -> event, 2)).isEmpty();
    }

    @Test
    void roundCanBeAskedForOneTypeOnly() {
        assertThat(Rounds.ofType(Integer.class, List.of("a", 1, "b", 2))).containsExactly(1, 2);
    }
}
