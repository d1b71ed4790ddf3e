package dev.terminalcloud.posapi;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class AcceptedMediaTest {
    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "text/event-stream                               | true",
                "Text/Event-Stream                               | true",
                "text/event-stream;charset=utf-8                 | true",
                "text/html, text/event-stream, */*;q=0.1         | true",
                "text/event-stream, application/json;q=0.9       | true",
                "text/event-stream;q=x                           | true",
                "application/json, text/event-stream             | false",
                "text/event-stream, application/json             | false",
                "text/event-stream;q=0.5, application/json;q=0.8 | false",
                "text/event-stream;q=0                           | false",
                "application/json                                | false",
                "*/*                                             | false",
                "text/event-streams                              | false",
                ",;;=,                                           | false"
            })
    void eventStreamIsPreferred(String accept, boolean isPreferred) {
        assertThat(AcceptedMedia.prefersEventStream(List.of(accept))).isEqualTo(isPreferred);
    }

    @Test
    void eachHeaderCounts() {
        assertThat(AcceptedMedia.prefersEventStream(List.of("text/html", "text/event-stream")))
                .isTrue();
        assertThat(AcceptedMedia.prefersEventStream(List.of())).isFalse();
    }
}
