package dev.terminalcloud.transaction.intake;

import dev.terminalcloud.transaction.intake.SaleData.Member;
import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.MeterRegistry;
import io.quarkus.runtime.Startup;
import jakarta.enterprise.context.ApplicationScoped;
import java.util.Locale;

/** Counts sale data without mandatory members: it is passed on all the same, as the original does. */
@Startup
@ApplicationScoped
class SaleDataWarnings {
    private static final String COUNTER = "transaction.sale.data.incomplete";

    private final MeterRegistry metrics;

    SaleDataWarnings(MeterRegistry metrics) {
        this.metrics = metrics;
        for (Member member : Member.values()) {
            counter(member);
        }
    }

    void count(SaleData saleData) {
        saleData.missing().forEach(member -> counter(member).increment());
    }

    private Counter counter(Member member) {
        return metrics.counter(COUNTER, "missing", member.name().toLowerCase(Locale.ROOT));
    }
}
