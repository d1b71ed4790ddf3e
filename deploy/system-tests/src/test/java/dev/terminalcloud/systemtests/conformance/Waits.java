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

/** Timeouts, and devices whose payments end when a test decides. */
final class Waits {
    /** Timeout of steps that wait for no deadline. */
    static final Duration TIMEOUT = Duration.ofSeconds(60);

    /** Timeout of steps that wait for a deadline: 10 s and a sweep for a lost device, 15 s and a sweep for an expired transaction. */
    static final Duration DEADLINE = Duration.ofSeconds(40);

    /** The amount in cents with which a virtual device never answers. */
    static final long NEVER_ANSWERED = 559;

    private Waits() {}

    /** A device behaviour: payments end only when the test ends them. */
    static Behaviour untilEnded(Offer offer) {
        return Behaviour.of(Ending.APPROVE).with(new NeverAnswer());
    }

    static void awaitRunning(Shop shop, PolledTransaction payment) {
        await().atMost(TIMEOUT).until(() -> shop.ran().contains(payment.id()));
    }

    /** Unplugs the network, and returns when the device has noticed it. */
    static void unplug(Shop shop, Collection<Activity> activities) {
        shop.device().unplugNetwork();
        await().atMost(TIMEOUT).until(() -> activities.stream().anyMatch(ConnectionLost.class::isInstance));
    }
}
