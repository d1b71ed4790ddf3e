package dev.terminalcloud.startup;

import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;
import java.util.concurrent.CountDownLatch;

/** Returns the given results one after the other, then the last one repeatedly. */
final class FakePrerequisite implements Prerequisite {
    private final Deque<CheckResult> findings;
    private final CountDownLatch checks = new CountDownLatch(2);

    FakePrerequisite(CheckResult... findings) {
        this.findings = new ArrayDeque<>(List.of(findings));
    }

    @Override
    public String description() {
        return "Oracle at Delphi:9092";
    }

    @Override
    public String advice() {
        return "Check the omens";
    }

    @Override
    public synchronized CheckResult check() {
        checks.countDown();
        return findings.size() == 1 ? findings.getFirst() : findings.removeFirst();
    }

    void awaitSecondLook() throws InterruptedException {
        checks.await();
    }

    synchronized void become(CheckResult finding) {
        findings.clear();
        findings.add(finding);
    }
}
