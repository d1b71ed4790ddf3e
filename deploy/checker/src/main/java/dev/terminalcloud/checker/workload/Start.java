package dev.terminalcloud.checker.workload;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.json.JsonMapper;
import dev.terminalcloud.checker.plan.Plan;
import java.util.Optional;

/**
 * A start as its register sends it: as planned, or a linked refund in its place. The amount of a linked refund does not identify the request, so
 * its sale data do.
 */
public record Start(Plan plan, Optional<LinkedRefund> refund) {
    private static final JsonMapper JSON = JsonMapper.builder().build();

    static Start of(Plan plan) {
        return new Start(plan, Optional.empty());
    }

    static Start of(Plan plan, LinkedRefund refund) {
        return new Start(plan, Optional.of(refund));
    }

    int number() {
        return plan.number();
    }

    String function() {
        return refund.map(LinkedRefund::function).orElse(plan.function());
    }

    long amountCents() {
        return refund.map(LinkedRefund::amountCents).orElse(plan.amountCents());
    }

    /** Returns the sale data that identify a linked refund. */
    Optional<String> saleData() {
        return refund.map(linked -> "{\"saleData\":{\"saleId\":\"%d\"}}".formatted(number()));
    }

    /** Returns the number of the request that a device or the database has with this amount and these sale data. */
    public static int numberOf(long amountCents, String saleData) {
        if (saleData == null) {
            return Plan.numberOf(amountCents);
        }
        try {
            return JSON.readTree(saleData).at("/saleData/saleId").asInt();
        } catch (JsonProcessingException e) {
            throw new IllegalArgumentException("Unknown sale data: " + saleData, e);
        }
    }
}
