package dev.terminalcloud.transaction.intake;

import dev.terminalcloud.transaction.intake.SaleData.Member;
import io.micrometer.core.instrument.MeterRegistry;
import io.quarkus.runtime.Startup;
import jakarta.enterprise.context.ApplicationScoped;

/** Counts sale data that lack mandatory members: they are passed on all the same, as the original does. */
@Startup
@ApplicationScoped
class SaleDataWarnings {
    private static final String COUNTER = "transaction.sale.data.incomplete";

    private final MeterRegistry metrics;

    SaleDataWarnings(MeterRegistry metrics) {
        this.metrics = metrics;
        for (Member member : Member.values()) {
            metrics.counter(COUNTER, "missing", member.name());
        }
    }

    void count(SaleData saleData) {
        saleData.missing().forEach(member -> metrics.counter(COUNTER, "missing", member.name())
                .increment());
    }
}
