package dev.terminalcloud.connector.metrics;

import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.MeterRegistry;
import java.util.EnumMap;
import java.util.Locale;
import java.util.Map;

/**
 * One counter for each constant of an enum, all registered from the start; the label's value is the constant in lower snake
 * case.
 */
public final class EnumCounter<E extends Enum<E>> {
    private final Map<E, Counter> counters;

    public EnumCounter(MeterRegistry meters, String name, String label, Class<E> constants) {
        this.counters = new EnumMap<>(constants);
        for (E constant : constants.getEnumConstants()) {
            String value = constant.name().toLowerCase(Locale.ROOT);
            counters.put(constant, meters.counter(name, label, value));
        }
    }

    public void increment(E constant) {
        counters.get(constant).increment();
    }
}
