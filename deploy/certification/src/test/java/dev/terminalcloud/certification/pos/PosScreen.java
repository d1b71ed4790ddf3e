package dev.terminalcloud.certification.pos;

import com.fasterxml.jackson.databind.JsonNode;

/** The screen of a POS, and the number of payments that it has counted for the sale. */
final class PosScreen {
    private String text = "";
    private int approvals;
    private int hidden;

    synchronized String text() {
        return text;
    }

    synchronized int approvals() {
        return approvals;
    }

    synchronized void show(String shown) {
        text = shown;
    }

    synchronized void begin() {
        text = "RUNNING";
        approvals = 0;
    }

    /** Shows what the POS has asked for. An outcome stays. */
    synchronized void outcome(String shown, PosDefect defect) {
        boolean hides = defect == PosDefect.HIDES_THE_FIRST_APPROVAL && shown.startsWith("APPROVED") && hidden++ == 0;
        text = hides ? "RUNNING" : shown;
        if (shown.startsWith("APPROVED") && approvals == 0) {
            approvals = 1;
        }
    }

    /** Takes a callback. */
    synchronized void callback(JsonNode transaction, Sale sale, PosDefect defect) {
        String shown = PosDisplayText.of(transaction, sale, defect);
        boolean counts = defect == PosDefect.COUNTS_EACH_CALLBACK && shown.startsWith("APPROVED");
        if (counts) {
            approvals++;
        }
        if (defect == PosDefect.TAKES_EACH_CALLBACK) {
            text = shown;
        }
    }
}
