package dev.terminalcloud.virtualregister;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

class EventStreamParserTest {
    private final EventStreamParser parser = new EventStreamParser();

    @Test
    void eventEndsWithAnEmptyLine() {
        assertThat(take("id: 1", "event: transaction", "data: {\"version\":1}")).isEmpty();

        List<StreamedEvent> events = take("", "id:2", "data:{\"version\":", "data: 2}", "");

        assertThat(events).extracting(StreamedEvent::id).containsExactly("1", "2");
        assertThat(events)
                .extracting(event -> event.data().path("version").asInt())
                .containsExactly(1, 2);
    }

    @Test
    void commentIsNoEvent() {
        assertThat(take(":", "", "id: 1", "")).isEmpty();
    }

    private List<StreamedEvent> take(String... lines) {
        return Stream.of(lines).map(parser::take).flatMap(Optional::stream).toList();
    }
}
