package dev.terminalcloud.certification.pos;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import dev.terminalcloud.certification.check.CertificationReport;
import dev.terminalcloud.certification.check.CheckOutcome;
import dev.terminalcloud.certification.check.CheckOutcome.Result;
import dev.terminalcloud.certification.pos.gateway.SimulatedGateway;
import dev.terminalcloud.certification.pos.scenario.PosTimes;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.EnumSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The example that vendors copy is certified: {@code deploy/pos-api/examples/till.mjs}. */
@Tag("slow")
class ExampleTillTest {
    private static final PosTimes TIMES =
            PosTimes.RULES.dividedBy(20).withReaction(Duration.ofSeconds(30)).withOperator(Duration.ofSeconds(30));

    @TempDir
    private Path folder;

    @Test
    void exampleInJavaScriptPasses() throws Exception {
        assumeTrue(NodeTill.isInstalled(), "Node is not installed");
        try (SimulatedGateway gateway = SimulatedGateway.open("localhost", 0, Optional.empty());
                NodeTill till = new NodeTill(gateway.publicUrl(), folder)) {
            List<CheckOutcome> outcomes = new PosCertification(gateway, till, TIMES).run(EnumSet.allOf(PosCheck.class));

            assertThat(CertifiedPos.with(Result.PASSED, outcomes))
                    .as("%s", outcomes)
                    .hasSize(PosCheck.values().length - 1);
            assertThat(CertifiedPos.with(Result.NOT_APPLICABLE, outcomes))
                    .isEqualTo(Set.of(PosCheck.WAITS_FOR_THE_NEXT_VERSION));
            CertificationReport report = PosCertification.report(gateway, Instant.EPOCH, outcomes, 1);
            assertThat(report.isCertificate()).isTrue();
            assertThat(report.markdown())
                    .contains(
                            "# Certification of POS Demo POS",
                            "Idempotency-Key, POSReferenceID, pairing token, event stream")
                    .contains("| not run (optional) |", "The POS does not use long polls");
        }
    }
}
