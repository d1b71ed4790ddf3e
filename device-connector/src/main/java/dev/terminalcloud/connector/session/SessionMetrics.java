package dev.terminalcloud.connector.session;

import dev.terminalcloud.connector.metrics.EnumCounter;
import dev.terminalcloud.connector.protocol.CommandType;
import dev.terminalcloud.connector.protocol.MessageType;
import dev.terminalcloud.connector.protocol.TextMember;
import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.Timer;
import jakarta.inject.Singleton;
import java.util.concurrent.TimeUnit;

/** Metrics of sessions: their messages, commands and ends. */
@Singleton
public class SessionMetrics {
    private final EnumCounter<MessageType> received;
    private final EnumCounter<MessageType> rejected;
    private final Counter unknown;
    private final Counter unreadable;
    private final Counter membersIgnored;
    private final EnumCounter<TextMember> cardDataMasked;
    private final EnumCounter<CommandType> sent;
    private final EnumCounter<CommandDropReason> dropped;
    private final EnumCounter<CloseReason> closed;
    private final Timer eventAcknowledgement;
    private final Timer commandAcknowledgement;

    SessionMetrics(MeterRegistry meters) {
        received = new EnumCounter<>(meters, "connector.messages.received", "type", MessageType.class);
        rejected = new EnumCounter<>(meters, "connector.messages.rejected", "type", MessageType.class);
        unknown = meters.counter("connector.messages.unknown");
        unreadable = meters.counter("connector.messages.unreadable");
        membersIgnored = meters.counter("connector.members.ignored");
        cardDataMasked = new EnumCounter<>(meters, "connector.card.data.masked", "member", TextMember.class);
        sent = new EnumCounter<>(meters, "connector.commands.sent", "type", CommandType.class);
        dropped = new EnumCounter<>(meters, "connector.commands.dropped", "reason", CommandDropReason.class);
        closed = new EnumCounter<>(meters, "connector.connections.closed", "reason", CloseReason.class);
        eventAcknowledgement = Timer.builder("connector.events.acknowledgement")
                .description("Time from a device's message to its acknowledgement, Kafka's included")
                .publishPercentileHistogram()
                .register(meters);
        commandAcknowledgement = Timer.builder("connector.commands.acknowledgement")
                .description("Time from a command's sending to the device's acknowledgement")
                .publishPercentileHistogram()
                .register(meters);
    }

    public void dropped(CommandDropReason reason) {
        dropped.increment(reason);
    }

    void received(MessageType type) {
        received.increment(type);
    }

    void rejected(MessageType type) {
        rejected.increment(type);
    }

    void unknownMessage() {
        unknown.increment();
    }

    void unreadableMessage() {
        unreadable.increment();
    }

    void membersIgnored(int count) {
        membersIgnored.increment(count);
    }

    void cardDataMasked(TextMember member) {
        cardDataMasked.increment(member);
    }

    void sent(CommandType type) {
        sent.increment(type);
    }

    void closed(CloseReason reason) {
        closed.increment(reason);
    }

    void eventAcknowledged(long nanos) {
        eventAcknowledgement.record(nanos, TimeUnit.NANOSECONDS);
    }

    void commandAcknowledged(long nanos) {
        commandAcknowledgement.record(nanos, TimeUnit.NANOSECONDS);
    }
}
