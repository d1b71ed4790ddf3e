package dev.terminalcloud.posapi;

import static java.nio.charset.StandardCharsets.UTF_8;

import dev.terminalcloud.carddata.CardDataMask;
import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.MeterRegistry;
import io.quarkus.runtime.Startup;
import jakarta.enterprise.context.ApplicationScoped;
import java.net.URLEncoder;
import org.jboss.logging.Logger;

/**
 * Masking of card data in the parameters of a POS request, before any of them is stored, logged or sent on. Every parameter
 * is masked but those that decide who is meant, see {@link PosText}. What it finds is counted in {@code pos.card.data} by
 * {@code member} and {@code action}, {@code masked} or {@code kept}.
 */
@Startup
@ApplicationScoped
public class CardDataFilter {
    private static final Logger LOG = Logger.getLogger(CardDataFilter.class);

    private final MeterRegistry metrics;

    CardDataFilter(MeterRegistry metrics) {
        this.metrics = metrics;
        for (PosText text : PosText.values()) {
            counter(text);
        }
    }

    /** Returns the parameters without card data; the same instance if they have none to be masked. */
    public PosParameters mask(PosParameters parameters) {
        return parameters.map((name, value) -> mask(PosText.of(name), value, parameters));
    }

    private String mask(PosText text, String value, PosParameters parameters) {
        String masked = text == PosText.SALE_DATA ? JsonCardData.mask(value) : CardDataMask.mask(value);
        if (masked.equals(value)) {
            return value;
        }
        counter(text).increment();
        if (text.isKept()) {
            return value;
        }
        LOG.warnf("Card data in a POS request masked: vendorName=%s detail=%s", vendorName(parameters), text.label());
        return masked;
    }

    private Counter counter(PosText text) {
        return metrics.counter("pos.card.data", "member", text.label(), "action", text.isKept() ? "kept" : "masked");
    }

    private static String vendorName(PosParameters parameters) {
        return URLEncoder.encode(
                CardDataMask.mask(parameters.get("POSVendorName").orElse("")), UTF_8);
    }
}
