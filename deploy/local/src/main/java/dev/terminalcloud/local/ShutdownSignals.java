package dev.terminalcloud.local;

import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Proxy;
import java.util.List;
import java.util.concurrent.atomic.AtomicBoolean;

/**
 * Hears Ctrl-C and SIGTERM: the first ends this process as it always would, with its shutdown hooks and exit code; of each later one,
 * which the JVM itself ignores, somebody is told.
 *
 * <p>The JDK has only {@code sun.misc.Signal} for that, which the compiler warns about by name: hence by reflection. Where it is missing,
 * everything is as the JVM does it.
 */
final class ShutdownSignals {
    /** By name, with what a process that ended by it exits with. */
    private record ShutdownSignal(String name, int exitCode) {}

    private static final List<ShutdownSignal> SIGNALS =
            List.of(new ShutdownSignal("INT", 130), new ShutdownSignal("TERM", 143));

    private final AtomicBoolean ending = new AtomicBoolean();
    private final Runnable onRepeat;

    private ShutdownSignals(Runnable onRepeat) {
        this.onRepeat = onRepeat;
    }

    static void watch(Runnable again) {
        ShutdownSignals signals = new ShutdownSignals(again);
        SIGNALS.forEach(signals::watch);
    }

    private void watch(ShutdownSignal signal) {
        try {
            Class<?> type = Class.forName("sun.misc.Signal");
            Class<?> handlerType = Class.forName("sun.misc.SignalHandler");
            Object handler = Proxy.newProxyInstance(
                    ShutdownSignals.class.getClassLoader(),
                    new Class<?>[] {handlerType},
                    (proxy, method, arguments) -> {
                        handle(signal);
                        return null;
                    });
            type.getMethod("handle", type, handlerType)
                    .invoke(null, type.getConstructor(String.class).newInstance(signal.name()), handler);
        } catch (ClassNotFoundException
                | NoSuchMethodException
                | InstantiationException
                | IllegalAccessException
                | InvocationTargetException unavailable) {
            // The first signal ends the process all the same.
        }
    }

    /** Each on a thread of its own, so that the next is heard while the first ends the process. */
    private void handle(ShutdownSignal signal) {
        if (ending.compareAndSet(false, true)) {
            System.exit(signal.exitCode());
        } else {
            onRepeat.run();
        }
    }
}
