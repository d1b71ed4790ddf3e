package dev.terminalcloud.virtualdevice;

import dev.terminalcloud.virtualdevice.behaviour.Behaviour;
import dev.terminalcloud.virtualdevice.behaviour.Misbehaviour.LoseConnection;
import dev.terminalcloud.virtualdevice.behaviour.Misbehaviour.Moment;
import dev.terminalcloud.virtualdevice.behaviour.Misbehaviour.RunWithoutGrant;
import dev.terminalcloud.virtualdevice.behaviour.MisbehaviourScript;
import dev.terminalcloud.virtualdevice.behaviour.TransactionStep;
import dev.terminalcloud.virtualdevice.connection.CloudLink;
import dev.terminalcloud.virtualdevice.journal.Action;
import dev.terminalcloud.virtualdevice.journal.Action.Run;
import dev.terminalcloud.virtualdevice.journal.Action.Write;
import dev.terminalcloud.virtualdevice.journal.Journal;
import dev.terminalcloud.virtualdevice.journal.JournalEntry.Claimed;
import dev.terminalcloud.virtualdevice.journal.JournalEntry.Running;
import dev.terminalcloud.virtualdevice.protocol.CloudMessage.Offer;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import java.util.function.Function;

/** Executes the misbehaviours in the scripts of the device's transactions. */
final class MisbehaviourEngine {
    /** Acknowledgements can overtake each other, so a script is still needed for a while after that of the result. */
    private static final int MAX_SCRIPTS = 16;

    private final Function<Offer, Behaviour> behaviours;
    private final Journal journal;
    private final CloudLink link;
    private final Map<UUID, MisbehaviourScript> scripts = new LinkedHashMap<>();

    MisbehaviourEngine(Function<Offer, Behaviour> behaviours, Journal journal, CloudLink link) {
        this.behaviours = behaviours;
        this.journal = journal;
        this.link = link;
    }

    /** Returns the behaviour for a transaction, chosen when it is first offered. */
    Behaviour behaviour(Offer offer) {
        MisbehaviourScript script =
                scripts.computeIfAbsent(offer.transactionId(), id -> new MisbehaviourScript(behaviours.apply(offer)));
        if (scripts.size() > MAX_SCRIPTS) {
            scripts.remove(scripts.keySet().iterator().next());
        }
        return script.behaviour();
    }

    /** Returns the actions of this device for an offer, which may replace those of a correct device. */
    List<Action> alter(Offer offer, List<Action> honest) {
        boolean claims = honest.get(0) instanceof Write write && write.entry() instanceof Claimed;
        return claims && behaviour(offer).has(RunWithoutGrant.class)
                ? List.of(new Write(new Running(offer)), new Run(offer))
                : honest;
    }

    /** Executes the misbehaviour that is due at this moment; returns whether it lost the connection. */
    boolean play(Moment moment, TransactionStep step, UUID transactionId) {
        MisbehaviourScript script = scripts.get(transactionId);
        if (script == null) {
            return false;
        }
        if (script.forgetJournal(moment, step)) {
            journal.forget();
        }
        Optional<LoseConnection> loss = script.loseConnection(moment, step);
        loss.ifPresent(lost -> link.loseConnection(lost.outage()));
        return loss.isPresent();
    }
}
