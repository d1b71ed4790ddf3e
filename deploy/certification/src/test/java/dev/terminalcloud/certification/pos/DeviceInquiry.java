package dev.terminalcloud.certification.pos;

import com.fasterxml.jackson.databind.JsonNode;
import dev.terminalcloud.virtualregister.Answer;
import java.io.IOException;
import java.time.Duration;

/** A POS in doubt that asks the device for its last transaction: only a result with the amount of the sale counts. */
record DeviceInquiry(ScriptedPos pos, Sale sale) {
    private static final Duration PAUSE = Duration.ofMillis(50);

    void run() throws IOException, InterruptedException {
        pos.screen().show("UNKNOWN");
        Answer reply = pos.function("Journal.GetTransResult");
        while (reply.status() == 429) {
            Cashier.pause(PAUSE);
            reply = pos.function("Journal.GetTransResult");
        }
        if (reply.status() != 200) {
            return;
        }
        JsonNode last = PosHttp.CLIENT.pollUntilCompleted(reply, PAUSE).body();
        if (last.path("data").path("AmountTotal").asText().equals(Long.toString(sale.cents()))) {
            pos.screen().show(PosDisplayText.of(last, sale, PosDefect.NONE));
        }
    }
}
