package dev.terminalcloud.certification.pos.gateway;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Predicate;

/** The transactions, and the reactions that scenarios have ordered. On the event loop. */
final class GatewayState {
    private final Map<String, SimulatedTransaction> transactions = new LinkedHashMap<>();
    private final Map<String, List<Predicate<SimulatedTransaction>>> listeners = new HashMap<>();
    private final Deque<StartReaction> startReactions = new ArrayDeque<>();
    private final Deque<PollReaction> pollReactions = new ArrayDeque<>();

    Deque<StartReaction> startReactions() {
        return startReactions;
    }

    Deque<PollReaction> pollReactions() {
        return pollReactions;
    }

    void add(SimulatedTransaction transaction) {
        transactions.put(transaction.id(), transaction);
    }

    Optional<SimulatedTransaction> find(String id) {
        return Optional.ofNullable(transactions.get(id));
    }

    Optional<SimulatedTransaction> withKey(String key) {
        return transactions.values().stream()
                .filter(transaction -> transaction.request().key().equals(Optional.of(key)))
                .findFirst();
    }

    /** Returns the payments, newest first. */
    List<SimulatedTransaction> newestFirst() {
        List<SimulatedTransaction> found = new ArrayList<>();
        transactions.values().forEach(transaction -> found.add(0, transaction));
        return found;
    }

    List<SimulatedTransaction> unfinished() {
        return transactions.values().stream()
                .filter(transaction -> !transaction.isCompleted())
                .toList();
    }

    /** Calls the listener at each change of the transaction, until it returns true. */
    void listen(SimulatedTransaction transaction, Predicate<SimulatedTransaction> listener) {
        listeners.computeIfAbsent(transaction.id(), any -> new ArrayList<>()).add(listener);
    }

    /** Changes a transaction that has not ended: a final result is never changed. */
    void change(SimulatedTransaction transaction, TransactionState next) {
        if (!transaction.isCompleted()) {
            transaction.change(next);
            notifyListeners(transaction);
        }
    }

    /** Lets the listeners see the transaction. */
    void notifyListeners(SimulatedTransaction transaction) {
        List<Predicate<SimulatedTransaction>> notified = listeners.remove(transaction.id());
        if (notified != null) {
            notified.stream()
                    .filter(listener -> !listener.test(transaction))
                    .forEach(listener -> listen(transaction, listener));
        }
    }
}
