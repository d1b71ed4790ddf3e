package dev.terminalcloud.connector.metrics;

import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import io.netty.util.internal.PlatformDependent;
import io.quarkus.runtime.Startup;
import jakarta.inject.Singleton;
import java.lang.management.BufferPoolMXBean;
import java.lang.management.ManagementFactory;
import java.util.List;

/**
 * Gauges of the memory outside the heap that buffers of connections take: the bytes in use, and the most that the process may
 * take ({@code -XX:MaxDirectMemorySize}). Netty counts its buffers itself where the JVM does not.
 */
@Startup
@Singleton
class DirectMemoryMetrics {
    private final List<BufferPoolMXBean> pools = ManagementFactory.getPlatformMXBeans(BufferPoolMXBean.class).stream()
            .filter(pool -> pool.getName().equals("direct"))
            .toList();

    DirectMemoryMetrics(MeterRegistry meters) {
        Gauge.builder("connector.direct.memory.used", this, DirectMemoryMetrics::used)
                .baseUnit("bytes")
                .register(meters);
        Gauge.builder("connector.direct.memory.max", PlatformDependent::maxDirectMemory)
                .baseUnit("bytes")
                .register(meters);
    }

    private double used() {
        long jvm = pools.stream().mapToLong(BufferPoolMXBean::getMemoryUsed).sum();
        return (double) jvm + Math.max(0, PlatformDependent.usedDirectMemory());
    }
}
