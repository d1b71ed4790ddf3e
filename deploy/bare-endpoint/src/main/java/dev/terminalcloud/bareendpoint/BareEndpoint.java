package dev.terminalcloud.bareendpoint;

import com.fasterxml.jackson.annotation.JsonProperty;
import io.smallrye.mutiny.Uni;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.MediaType;
import java.util.Map;

/**
 * An endpoint that answers with JSON of the shape and size of a finished purchase, and does nothing else: the upper bound of what Quarkus
 * can do. It is the baseline of the benchmark of polls.
 */
@Path("/bare")
public class BareEndpoint {

    /** The members of a poll's answer (POS API, section 4). */
    public record Envelope(
            String transactionId,
            String transactionTimeStamp,
            String merchantId,
            String deviceId,
            String transactionStatus,
            String merchantAccessToken,
            long version,
            @JsonProperty("RecordExpiry") String recordExpiry,
            Map<String, String> data) {}

    private final Envelope envelope = new Envelope(
            "5b2f0b62-4f0e-4e8e-9d54-3a6a1d9f0c11",
            "202601011200000000",
            "0c7a1f6e-8d3b-3f4a-9d6e-2f1b7c5a4e3d",
            "7000000001",
            "COMPLETED",
            "f1d7c0de-1f2e-4c3b-8a9d-0e1f2a3b4c5d",
            6,
            "2026-06-30T12:00:00Z",
            Map.ofEntries(
                    Map.entry("PosVendor", "Benchmark"),
                    Map.entry("PosRegisterID", "e2a4c6e8-0b1d-4f3a-8c5e-7a9b1d3f5c7e"),
                    Map.entry("PosBusinessName", "Benchmark"),
                    Map.entry("AmountTotal", "500"),
                    Map.entry("DeviceID", "7000000001"),
                    Map.entry("Function", "Card.Purchase"),
                    Map.entry("TransactionResult", "OK-ACCEPTED"),
                    Map.entry("Result", "OK"),
                    Map.entry("RequestId", "5b2f0b62-4f0e-4e8e-9d54-3a6a1d9f0c11"),
                    Map.entry("Merchant", "1"),
                    Map.entry("AmountSurcharge", "0"),
                    Map.entry("AmountTip", "0"),
                    Map.entry("AuthId", "123456"),
                    Map.entry("AcquirerRef", "000042"),
                    Map.entry("TerminalRef", "12345678"),
                    Map.entry("CardPan", "....0138"),
                    Map.entry("CardType", "VISA"),
                    Map.entry("AccountType", "CREDIT"),
                    Map.entry("Timestamp", "20260101120000"),
                    Map.entry("Receipt", "          BENCHMARK           \n".repeat(16) + "\n")));

    @GET
    @Produces(MediaType.APPLICATION_JSON)
    public Uni<Envelope> answer() {
        return Uni.createFrom().item(envelope);
    }
}
