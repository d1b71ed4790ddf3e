package dev.terminalcloud.certification.pos;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.time.Duration;
import java.util.Map;

/** A POS in doubt that asks the device for its last transaction: only a result with the amount of the sale counts. */
record DeviceInquiry(ScriptedPos pos, Sale sale) {
    private static final Duration PAUSE = Duration.ofMillis(50);

    void run() throws IOException, InterruptedException {
        pos.screen().show("UNKNOWN");
        PosHttp.Reply reply = pos.function("Journal.GetTransResult");
        while (reply.status() == 429) {
            Cashier.pause(PAUSE);
            reply = pos.function("Journal.GetTransResult");
        }
        if (reply.status() != 200) {
            return;
        }
        String url = reply.body().path("data").path("PollingUrl").asText();
        JsonNode last = PosHttp.send("GET", url, Map.of(), Map.of()).body();
        while (!last.path("transactionStatus").asText().equals("COMPLETED")) {
            Cashier.pause(PAUSE);
            last = PosHttp.send("GET", url, Map.of(), Map.of()).body();
        }
        if (last.path("data").path("AmountTotal").asText().equals(Long.toString(sale.cents()))) {
            pos.screen().show(PosDisplayText.of(last, sale, PosDefect.NONE));
        }
    }
}
