package dev.terminalcloud.connector.session;

import dev.terminalcloud.connector.budget.Budget;
import dev.terminalcloud.connector.budget.DeviceBudget;
import dev.terminalcloud.connector.budget.DeviceBudgets;

/** The budgets of the device of one session: beyond one, the session ends and the device is suspended. On the session's event loop. */
public final class SessionBudget {
    private final DeviceSession session;
    private final DeviceBudgets budgets;
    private final DeviceBudget budget;

    SessionBudget(DeviceSession session, DeviceBudgets budgets) {
        this.session = session;
        this.budgets = budgets;
        this.budget = budgets.of(session.identity().deviceId());
    }

    /** Returns the budgets of the device, over all its sessions. */
    DeviceBudget ofDevice() {
        return budget;
    }

    /** Charges the connection, and ends the session of a device that connects more often than it may. */
    public void chargeConnection() {
        budget.chargeConnection(session.openedNanos()).ifPresent(this::exceeded);
    }

    /** Ends the session, suspends the device and warns of it; does nothing if the session has ended. */
    public void exceeded(Budget exceeded) {
        if (!session.hasEnded()) {
            budgets.recordExceeded(session.identity().deviceId(), exceeded, System.nanoTime());
            session.end(CloseReason.of(exceeded));
        }
    }
}
