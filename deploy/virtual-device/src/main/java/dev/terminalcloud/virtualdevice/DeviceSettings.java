package dev.terminalcloud.virtualdevice;

import dev.terminalcloud.virtualdevice.behaviour.Behaviour;
import dev.terminalcloud.virtualdevice.behaviour.Extras;
import dev.terminalcloud.virtualdevice.connection.Credentials;
import dev.terminalcloud.virtualdevice.journal.Journal;
import dev.terminalcloud.virtualdevice.protocol.CloudMessage.Offer;
import java.time.Clock;
import java.util.concurrent.ScheduledExecutorService;
import java.util.function.Consumer;
import java.util.function.Function;
import java.util.random.RandomGenerator;

/** The settings of a device, which a power cut does not change. */
record DeviceSettings(
        Credentials credentials,
        Journal journal,
        Function<Offer, Behaviour> behaviour,
        Extras extras,
        Timing timing,
        Clock clock,
        RandomGenerator random,
        ScheduledExecutorService scheduler,
        Consumer<Activity> watcher,
        Consumer<ShownPayment> ran) {}
