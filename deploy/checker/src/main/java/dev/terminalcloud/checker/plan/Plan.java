package dev.terminalcloud.checker.plan;

import dev.terminalcloud.virtualdevice.behaviour.Behaviour;
import dev.terminalcloud.virtualdevice.behaviour.Ending;
import dev.terminalcloud.virtualdevice.behaviour.Misbehaviour;
import dev.terminalcloud.virtualdevice.behaviour.Misbehaviour.Moment;
import dev.terminalcloud.virtualdevice.behaviour.TransactionStep;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.SplittableRandom;

/**
 * The actions of a register, its device and its customer in one transaction: a pure function of the run's seed and the number of
 * the request, independent of the register that gets this number and of earlier events.
 *
 * @param clientTimeout the time after which the register closes the connection of its start; empty: it waits for the response
 * @param retriesEarly true if the register starts another transaction while this one runs
 * @param pollEvery the interval between two polls
 * @param incidentAfter the time from the response to the incident
 * @param incidentDuration the duration of the incident
 * @param cancelAfter the time from the response to the cancellation by the register; empty: never
 * @param pairsAgain the pairing of the register before the transaction
 * @param extras what it uses of the API beyond the original
 */
public record Plan(
        int number,
        String function,
        CompletionMode mode,
        boolean callback,
        Optional<Duration> clientTimeout,
        boolean retriesEarly,
        Duration pollEvery,
        Behaviour behaviour,
        DeviceIncident incident,
        Duration incidentAfter,
        Duration incidentDuration,
        Pairs pairsAgain,
        Optional<Duration> cancelAfter,
        ApiExtras extras) {
    private static final int CENTS = 100;
    private static final List<String> FUNCTIONS =
            List.of("Card.Purchase", "Card.Purchase", "Card.Purchase", "Card.Refund", "QR.Merchant.Purchase");

    /** The pairing of a register in the instant before it pays. */
    public enum Pairs {
        NO,
        SAME_DEVICE,
        OTHER_DEVICE,
        /** Another register of the merchant is paired with its device: it pays without being paired. */
        OTHER_REGISTER
    }

    public static Plan of(long seed, int number) {
        SplittableRandom random = new SplittableRandom(seed * 1_000_003 + number);
        Plan plan = of(random, number);
        return plan.cancelAfter().isPresent() && percent(random, 30) ? plan.withoutAnswerToCancel(random) : plan;
    }

    private static Plan of(SplittableRandom random, int number) {
        return new Plan(
                number,
                oneOf(random, FUNCTIONS),
                percent(random, 15) ? CompletionMode.SYNCHRONOUS : CompletionMode.POLLING,
                percent(random, 20),
                percent(random, 4) ? Optional.of(millis(random, 1, 120)) : Optional.empty(),
                percent(random, 8),
                percent(random, 10) ? millis(random, 50, 200) : millis(random, 400, 2_500),
                behaviour(random),
                incident(random),
                millis(random, 0, 600),
                millis(random, 100, 6_000),
                pairing(random),
                percent(random, 15) ? Optional.of(millis(random, 0, 1_500)) : Optional.empty(),
                ApiExtras.of(random));
    }

    /** Returns the plan with a device that is offline for longer than the cloud waits for its answer to a cancellation. */
    private Plan withoutAnswerToCancel(SplittableRandom random) {
        return new Plan(
                number,
                function,
                mode,
                callback,
                clientTimeout,
                retriesEarly,
                pollEvery,
                behaviour,
                DeviceIncident.UNPLUGGED,
                millis(random, 50, 500),
                millis(random, 14_000, 20_000),
                pairsAgain,
                Optional.of(millis(random, 600, 2_000)),
                extras);
    }

    /** Returns the same plan of the register with a device that follows the protocol, and has power and network all the time. */
    public Plan withCalmDevice() {
        Behaviour calm = Behaviour.of(behaviour.ending())
                .with(behaviour.misbehaviours().stream()
                        .filter(Misbehaviour.AnswerLate.class::isInstance)
                        .toList());
        return new Plan(
                number,
                function,
                mode,
                callback,
                clientTimeout,
                retriesEarly,
                pollEvery,
                calm,
                DeviceIncident.NONE,
                Duration.ZERO,
                Duration.ZERO,
                pairsAgain,
                cancelAfter,
                extras);
    }

    /** Returns the plan for a register and a device without any incident. */
    public static Plan withoutIncident(int number) {
        return new Plan(
                number,
                "Card.Purchase",
                CompletionMode.POLLING,
                false,
                Optional.empty(),
                false,
                Duration.ofMillis(200),
                Behaviour.of(Ending.APPROVE),
                DeviceIncident.NONE,
                Duration.ZERO,
                Duration.ZERO,
                Pairs.NO,
                Optional.empty(),
                ApiExtras.NONE);
    }

    /** Returns the {@code Idempotency-Key} of the start, if it has one. */
    public Optional<String> key() {
        return extras.keyUse() == KeyUse.NONE ? Optional.empty() : Optional.of("start-" + number);
    }

    /** Returns the register's own reference, if it has one. */
    public Optional<String> reference() {
        return extras.looksUp() ? Optional.of("sale-" + number) : Optional.empty();
    }

    /** The amount identifies the request at the device, since no other value of the request reaches it. */
    public long amountCents() {
        return (long) number * CENTS;
    }

    public static int numberOf(long amountCents) {
        return (int) (amountCents / CENTS);
    }

    private static Behaviour behaviour(SplittableRandom random) {
        Behaviour behaviour = Behaviour.of(ending(random));
        if (percent(random, 60)) {
            behaviour = behaviour.with(new Misbehaviour.AnswerLate(millis(random, 10, 1_500)));
        }
        return behaviour.with(misbehaviours(random));
    }

    private static Ending ending(SplittableRandom random) {
        return percent(random, 70) ? Ending.APPROVE : oneOf(random, List.of(Ending.values()));
    }

    private static List<Misbehaviour> misbehaviours(SplittableRandom random) {
        List<Misbehaviour> chosen = new ArrayList<>();
        if (percent(random, 15)) {
            chosen.add(new Misbehaviour.LoseConnection(moment(random), step(random), millis(random, 10, 5_000)));
        }
        if (percent(random, 5)) {
            chosen.add(new Misbehaviour.AnswerTwice());
        }
        if (percent(random, 3)) {
            chosen.add(new Misbehaviour.AnswerTwiceDifferently(oneOf(random, List.of(Ending.values()))));
        }
        if (percent(random, 3)) {
            chosen.add(new Misbehaviour.AnswerInWrongOrder());
        }
        if (percent(random, 2)) {
            chosen.add(new Misbehaviour.RunWithoutGrant());
        }
        if (percent(random, 2)) {
            chosen.add(new Misbehaviour.ForgetJournal(moment(random), step(random)));
        }
        if (percent(random, 2)) {
            chosen.add(new Misbehaviour.NeverAnswer());
        }
        if (percent(random, 10)) {
            chosen.add(new Misbehaviour.RefuseCancel());
        }
        return chosen;
    }

    private static DeviceIncident incident(SplittableRandom random) {
        int roll = random.nextInt(CENTS);
        if (roll < 5) {
            return DeviceIncident.POWER_CUT;
        }
        if (roll < 11) {
            return DeviceIncident.UNPLUGGED;
        }
        return roll < 15 ? DeviceIncident.CANCELLED_BY_HAND : DeviceIncident.NONE;
    }

    private static Pairs pairing(SplittableRandom random) {
        int roll = random.nextInt(CENTS);
        if (roll < 2) {
            return Pairs.SAME_DEVICE;
        }
        if (roll < 8) {
            return Pairs.OTHER_DEVICE;
        }
        return roll < 10 ? Pairs.OTHER_REGISTER : Pairs.NO;
    }

    private static Moment moment(SplittableRandom random) {
        return random.nextBoolean() ? Moment.BEFORE : Moment.AFTER;
    }

    private static TransactionStep step(SplittableRandom random) {
        return oneOf(random, List.of(TransactionStep.values()));
    }

    private static <T> T oneOf(SplittableRandom random, List<T> values) {
        return values.get(random.nextInt(values.size()));
    }

    private static boolean percent(SplittableRandom random, int percent) {
        return random.nextInt(CENTS) < percent;
    }

    private static Duration millis(SplittableRandom random, int min, int max) {
        return Duration.ofMillis(random.nextInt(min, max + 1));
    }
}
