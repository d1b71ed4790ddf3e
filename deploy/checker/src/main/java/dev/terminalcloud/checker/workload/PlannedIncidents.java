package dev.terminalcloud.checker.workload;

import dev.terminalcloud.checker.plan.DeviceIncident;
import dev.terminalcloud.checker.plan.Plan;
import dev.terminalcloud.virtualdevice.behaviour.Ending;
import dev.terminalcloud.virtualdevice.behaviour.Misbehaviour;
import java.time.Duration;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.ScheduledFuture;
import java.util.concurrent.TimeUnit;

/** The actions of a customer or a person at the device in one transaction, at their planned times. */
final class PlannedIncidents {
    private static final Duration OPERATOR_DELAY = Duration.ofSeconds(3);

    private PlannedIncidents() {}

    static void schedule(Plan plan, ScriptedDevice terminal, ScheduledExecutorService threads) {
        if (neverEndsByItself(plan)) {
            after(OPERATOR_DELAY, () -> terminal.endPayment(plan.behaviour().ending()), threads);
        }
        if (plan.incident() == DeviceIncident.NONE) {
            return;
        }
        after(plan.incidentAfter(), () -> begin(plan, terminal), threads);
        after(plan.incidentAfter().plus(plan.incidentDuration()), () -> end(plan, terminal), threads);
    }

    /** Returns whether a person has to end the payment, since the device waits for that. */
    static boolean isOperatorNeeded(Plan plan, long nanosSinceStart) {
        return nanosSinceStart > OPERATOR_DELAY.toNanos() && neverEndsByItself(plan);
    }

    private static boolean neverEndsByItself(Plan plan) {
        return plan.behaviour().has(Misbehaviour.NeverAnswer.class);
    }

    private static void after(Duration time, Runnable action, ScheduledExecutorService threads) {
        ScheduledFuture<?> unused = threads.schedule(action, time.toMillis(), TimeUnit.MILLISECONDS);
    }

    private static void begin(Plan plan, ScriptedDevice terminal) {
        switch (plan.incident()) {
            case POWER_CUT -> terminal.powerOff();
            case UNPLUGGED -> terminal.unplug();
            case CANCELLED_BY_HAND -> terminal.endPayment(Ending.CANCEL);
            case NONE -> {}
        }
    }

    private static void end(Plan plan, ScriptedDevice terminal) {
        switch (plan.incident()) {
            case POWER_CUT -> terminal.powerOn();
            case UNPLUGGED -> terminal.plug();
            case CANCELLED_BY_HAND, NONE -> {}
        }
    }
}
