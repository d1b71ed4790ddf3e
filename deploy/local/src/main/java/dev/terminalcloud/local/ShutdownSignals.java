package dev.terminalcloud.local;

import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Proxy;
import java.util.List;
import java.util.concurrent.atomic.AtomicBoolean;

/**
 * Handler of Ctrl-C and SIGTERM: the first signal stops this process as usual, with its shutdown hooks and exit code; each later one,
 * which the JVM itself ignores, calls a listener.
 *
 * <p>The JDK has only {@code sun.misc.Signal} for that. The compiler warns about its name, hence the reflection. Where the class is
 * missing, the JVM handles signals as usual.
 */
final class ShutdownSignals {
    /** A signal by its name, with the exit code of a process that it stopped. */
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
            // The first signal stops the process all the same.
        }
    }

    /** Runs on a thread of its own for each signal, so that the next is handled while the first stops the process. */
    private void handle(ShutdownSignal signal) {
        if (ending.compareAndSet(false, true)) {
            System.exit(signal.exitCode());
        } else {
            onRepeat.run();
        }
    }
}
