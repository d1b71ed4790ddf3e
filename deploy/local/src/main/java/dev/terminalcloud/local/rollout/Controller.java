package dev.terminalcloud.local.rollout;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.Function;

/**
 * The pods of a service, which it replaces one after the other, as the controllers of Kubernetes do: when it restarts them, and when it
 * gives them another image. Thread-safe.
 */
final class Controller {
    private final PodTemplate.Strategy strategy;
    private final Function<Container, Pod> newPod;
    private final BlockingQueue<Container> free;
    private final List<Pod> pods = new CopyOnWriteArrayList<>();
    private final ReentrantLock rollout = new ReentrantLock();

    /**
     * Creates it without pods.
     *
     * @param containers the places for processes: for a surge more than there are pods, as those that terminate need theirs too
     */
    Controller(PodTemplate.Strategy strategy, List<Container> containers, Function<Container, Pod> newPod) {
        this.strategy = strategy;
        this.newPod = newPod;
        this.free = new LinkedBlockingQueue<>(containers);
    }

    /** Starts the pods and returns at once. */
    void start(int replicas) {
        for (int i = 0; i < replicas; i++) {
            pods.add(started(free.remove()));
        }
    }

    /** Returns when all pods are available. */
    void awaitAvailable() throws InterruptedException {
        for (Pod pod : pods) {
            pod.awaitAvailable();
        }
    }

    /**
     * Replaces all pods, and returns when the new ones are available and the processes of the old ones have exited.
     *
     * @return false if another rollout is under way; then it does nothing
     */
    boolean rollOut() throws InterruptedException {
        if (!rollout.tryLock()) {
            return false;
        }
        try {
            switch (strategy) {
                case SURGE -> surge();
                case ORDERED -> replaceInOrder();
            }
            return true;
        } finally {
            rollout.unlock();
        }
    }

    private void surge() throws InterruptedException {
        List<CompletableFuture<Void>> gone = new ArrayList<>();
        for (Pod old : List.copyOf(pods)) {
            Pod replacement = started(free.take());
            replacement.awaitAvailable();
            pods.remove(old);
            pods.add(replacement);
            gone.add(old.terminate().thenRun(() -> free.add(old.container())));
        }
        CompletableFuture.allOf(gone.toArray(CompletableFuture[]::new)).join();
    }

    private void replaceInOrder() throws InterruptedException {
        for (int index = pods.size() - 1; index >= 0; index--) {
            Pod old = pods.get(index);
            old.terminate().join();
            Pod replacement = started(old.container());
            pods.set(index, replacement);
            replacement.awaitAvailable();
        }
    }

    private Pod started(Container container) {
        Pod pod = newPod.apply(container);
        pod.start();
        return pod;
    }
}
