package dev.terminalcloud.virtualdevice.behaviour;

import dev.terminalcloud.virtualdevice.behaviour.Misbehaviour.AnswerLate;
import dev.terminalcloud.virtualdevice.behaviour.Misbehaviour.LoseConnection;
import dev.terminalcloud.virtualdevice.behaviour.Misbehaviour.Moment;
import dev.terminalcloud.virtualdevice.behaviour.Misbehaviour.NeverAnswer;
import dev.terminalcloud.virtualdevice.protocol.CloudMessage.Offer;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/** The behaviour of a device in one transaction. */
public record Behaviour(Ending ending, List<Misbehaviour> misbehaviours) {

    public Behaviour {
        misbehaviours = List.copyOf(misbehaviours);
    }

    public static Behaviour of(Ending ending) {
        return new Behaviour(ending, List.of());
    }

    /** Returns the behaviour by the last two digits of the amount (device protocol, "Virtual device"). */
    public static Behaviour byAmount(Offer offer) {
        long cents = Stream.of(offer.amountTotal(), offer.amountAuth(), offer.amountFinal())
                        .flatMap(Stream::ofNullable)
                        .findFirst()
                        .orElse(0L)
                % 100;
        return switch ((int) cents) {
            case 51 -> of(Ending.DECLINE);
            case 54 -> of(Ending.CANCEL);
            case 55 -> of(Ending.FAULT);
            case 56 -> of(Ending.UNAVAILABLE);
            case 57 -> of(Ending.APPROVE).with(new AnswerLate(Duration.ofSeconds(20)));
            case 58 ->
                of(Ending.APPROVE)
                        .with(new LoseConnection(Moment.BEFORE, TransactionStep.FINISHED, Duration.ofSeconds(10)));
            case 59 -> of(Ending.APPROVE).with(new NeverAnswer());
            default -> of(Ending.APPROVE);
        };
    }

    public Behaviour with(Misbehaviour misbehaviour) {
        return with(List.of(misbehaviour));
    }

    public Behaviour with(List<Misbehaviour> more) {
        return new Behaviour(
                ending, Stream.concat(misbehaviours.stream(), more.stream()).toList());
    }

    public <M extends Misbehaviour> Optional<M> misbehaviour(Class<M> kind) {
        return misbehaviours.stream().filter(kind::isInstance).map(kind::cast).findFirst();
    }

    public boolean has(Class<? extends Misbehaviour> kind) {
        return misbehaviour(kind).isPresent();
    }
}
