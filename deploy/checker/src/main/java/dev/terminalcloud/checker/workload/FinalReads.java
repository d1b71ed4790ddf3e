package dev.terminalcloud.checker.workload;

import com.fasterxml.jackson.databind.JsonNode;
import dev.terminalcloud.checker.plan.Plan;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.TimeUnit;
import java.util.stream.Collectors;

/**
 * The requests of a register at the end of a run, when the faults are over: it reads each transaction that has ended again, resumes the event
 * streams that have not shown the final version, and looks its references up, also of transactions whose polling token has expired. For one
 * thread.
 */
final class FinalReads {
    private static final int MAX_LOOK_UPS = 50;
    private static final long STREAM_NANOS = TimeUnit.SECONDS.toNanos(15);
    private static final Duration STREAM_INTERVAL = Duration.ofMillis(500);

    private final RegisterClient register;
    private final List<OpenTransaction> ended = new ArrayList<>();
    private final List<EventStream> streams = new ArrayList<>();
    private final List<Plan> lookUps = new ArrayList<>();

    FinalReads(RegisterClient register) {
        this.register = register;
    }

    /** Adds a request to start, whatever its response. */
    void addStart(Plan plan) {
        if (plan.extras().looksUp()) {
            lookUps.add(plan);
        }
    }

    void addStream(EventStream stream) {
        streams.add(stream);
    }

    void addEnded(OpenTransaction transaction) {
        ended.add(transaction);
    }

    void readAll() throws InterruptedException {
        ended.removeIf(transaction -> !transaction.canBePolled());
        readStreams();
        for (OpenTransaction transaction : ended) {
            register.polls(transaction.id(), transaction.pollingUrl());
        }
        lookUp();
    }

    private void readStreams() throws InterruptedException {
        Set<UUID> ids = ended.stream().map(OpenTransaction::id).collect(Collectors.toCollection(HashSet::new));
        for (EventStream stream : streams) {
            if (ids.contains(stream.transaction().id())) {
                readToTheEnd(stream);
            }
        }
    }

    private static void readToTheEnd(EventStream stream) throws InterruptedException {
        long limit = System.nanoTime() + STREAM_NANOS;
        while (!stream.hasEnded()) {
            if (System.nanoTime() - limit > 0) {
                stream.giveUp();
                return;
            }
            stream.await(STREAM_INTERVAL);
        }
    }

    /** Looks up requests of the whole run: a part of them if there are many. */
    private void lookUp() throws InterruptedException {
        int step = Math.max(1, (lookUps.size() + MAX_LOOK_UPS - 1) / MAX_LOOK_UPS);
        for (int i = 0; i < lookUps.size(); i += step) {
            Optional<List<JsonNode>> found = register.looksUp(lookUps.get(i));
            for (JsonNode transaction : found.orElse(List.of())) {
                register.readsByToken(
                        UUID.fromString(transaction.path("transactionId").asText()));
            }
        }
    }
}
