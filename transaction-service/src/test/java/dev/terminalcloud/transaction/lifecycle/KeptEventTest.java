package dev.terminalcloud.transaction.lifecycle;

import static org.assertj.core.api.Assertions.assertThat;

import dev.terminalcloud.events.DeviceEvent;
import dev.terminalcloud.events.DeviceEvent.DeviceMessageRejected;
import dev.terminalcloud.events.DeviceEvent.DeviceMessageUnreadable;
import dev.terminalcloud.events.DeviceEvent.TransactionFinished;
import dev.terminalcloud.events.DeviceEvent.TransactionProgressed;
import dev.terminalcloud.events.DeviceReport;
import dev.terminalcloud.events.DeviceReportBuilder;
import dev.terminalcloud.events.EventCodec;
import dev.terminalcloud.events.ReportedAmounts;
import dev.terminalcloud.events.Result;
import dev.terminalcloud.events.Topic;
import dev.terminalcloud.events.TransactionResult;
import java.nio.charset.StandardCharsets;
import java.util.UUID;
import org.junit.jupiter.api.Test;

class KeptEventTest {
    private static final String DEVICE = "70000001";
    private static final UUID ID = new UUID(1, 2);

    @Test
    void resultIsKeptWithoutItsReceipt() {
        DeviceReport report = report("a receipt");

        assertThat(decoded(KeptEvent.of(new TransactionFinished(DEVICE, ID, ID, report))))
                .isEqualTo(new TransactionFinished(DEVICE, ID, ID, report.withoutReceipt()));
        assertThat(report.withoutReceipt()).isEqualTo(report(null));
    }

    @Test
    void textThatAConnectorKeepsFits() {
        DeviceMessageRejected rejected =
                new DeviceMessageRejected(DEVICE, ID, ID, "transaction-finished", "r".repeat(100), "\"".repeat(4096));

        assertThat(decoded(KeptEvent.of(rejected))).isEqualTo(rejected);
    }

    @Test
    void beginningOfALargeEventOfAnOlderConnectorIsKept() {
        TransactionProgressed large = new TransactionProgressed(DEVICE, ID, ID, "p".repeat(60_000));

        String kept = KeptEvent.of(large);

        assertThat(kept).hasSizeLessThan(KeptEvent.MAX_LENGTH);
        assertThat(decoded(kept))
                .isInstanceOfSatisfying(DeviceMessageUnreadable.class, event -> assertThat(event.payload())
                        .contains(ID.toString(), "ppp"));
    }

    private static DeviceEvent decoded(String json) {
        return (DeviceEvent) EventCodec.decode(Topic.DEVICE_EVENTS, json.getBytes(StandardCharsets.UTF_8));
    }

    private static DeviceReport report(String receipt) {
        return DeviceReportBuilder.builder()
                .result(Result.OK)
                .transactionResult(TransactionResult.OK_ACCEPTED)
                .resultText("APPROVED")
                .amounts(new ReportedAmounts(1L, 2L, 3L, 4L))
                .authId("auth")
                .acquirerRef("acquirer")
                .terminalRef("terminal")
                .cardPan("....1234")
                .cardType("VISA")
                .accountType("CREDIT")
                .timestamp("20261129101500")
                .receipt(receipt)
                .status("status")
                .referenceId("reference")
                .build();
    }
}
