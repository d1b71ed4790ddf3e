package dev.terminalcloud.systemtests.conformance;

import static org.awaitility.Awaitility.await;

import dev.terminalcloud.systemtests.PolledTransaction;
import dev.terminalcloud.systemtests.Shop;
import dev.terminalcloud.virtualdevice.Activity;
import dev.terminalcloud.virtualdevice.Activity.ConnectionLost;
import dev.terminalcloud.virtualdevice.behaviour.Behaviour;
import dev.terminalcloud.virtualdevice.behaviour.Ending;
import dev.terminalcloud.virtualdevice.behaviour.Misbehaviour.NeverAnswer;
import dev.terminalcloud.virtualdevice.protocol.CloudMessage.Offer;
import java.time.Duration;
import java.util.Collection;

/** How long things may take, and devices that let a test decide when they go on. */
final class Waits {
    /** What takes no longer than it takes. */
    static final Duration TIMEOUT = Duration.ofSeconds(20);

    /** Until a lost device is said to be lost: 10 s and a sweep; until it certainly was not reached: 15 s and a sweep. */
    static final Duration DEADLINE = Duration.ofSeconds(40);

    /** The amount in cents with which a virtual device never answers. */
    static final long NEVER_ANSWERED = 559;

    private Waits() {}

    /** A behaviour of devices: no payment ends before somebody ends it. */
    static Behaviour untilEnded(Offer offer) {
        return Behaviour.of(Ending.APPROVE).with(new NeverAnswer());
    }

    static void awaitRunning(Shop shop, PolledTransaction payment) {
        await().atMost(TIMEOUT).until(() -> shop.ran().contains(payment.id()));
    }

    /** Takes the network away and returns when the device has seen it. */
    static void unplug(Shop shop, Collection<Activity> activities) {
        shop.device().unplugNetwork();
        await().atMost(TIMEOUT).until(() -> activities.stream().anyMatch(ConnectionLost.class::isInstance));
    }
}
