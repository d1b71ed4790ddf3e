package dev.terminalcloud.virtualdevice.behaviour;

import dev.terminalcloud.virtualdevice.behaviour.Misbehaviour.ForgetJournal;
import dev.terminalcloud.virtualdevice.behaviour.Misbehaviour.LoseConnection;
import dev.terminalcloud.virtualdevice.behaviour.Misbehaviour.Moment;
import java.util.HashSet;
import java.util.Optional;
import java.util.Set;

/** The behaviour of a running transaction: each loss happens once. Not thread-safe. */
public final class MisbehaviourScript {
    private final Behaviour behaviour;
    private final Set<Misbehaviour> played = new HashSet<>();

    public MisbehaviourScript(Behaviour behaviour) {
        this.behaviour = behaviour;
    }

    public Behaviour behaviour() {
        return behaviour;
    }

    /** Returns the loss of the connection that is due now; it is not due a second time. */
    public Optional<LoseConnection> loseConnection(Moment moment, TransactionStep step) {
        return behaviour.misbehaviours().stream()
                .filter(LoseConnection.class::isInstance)
                .map(LoseConnection.class::cast)
                .filter(loss -> loss.moment() == moment && loss.step() == step)
                .filter(played::add)
                .findFirst();
    }

    /** Returns whether the loss of the journal is due now; it is not due a second time. */
    public boolean forgetJournal(Moment moment, TransactionStep step) {
        ForgetJournal loss = new ForgetJournal(moment, step);
        return behaviour.misbehaviours().contains(loss) && played.add(loss);
    }
}
