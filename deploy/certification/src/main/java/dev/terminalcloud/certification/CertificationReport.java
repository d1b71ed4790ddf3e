package dev.terminalcloud.certification;

import dev.terminalcloud.certification.CheckOutcome.Result;
import dev.terminalcloud.certification.cloud.Trace;
import dev.terminalcloud.certification.cloud.TraceEntry.Connected;
import dev.terminalcloud.certification.cloud.TraceEntry.MessageReceived;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.List;

/** The report of a run. */
record CertificationReport(String deviceId, Instant time, List<CheckOutcome> outcomes, Trace trace, int timeDivisor) {

    /** Returns whether the device is certified. */
    boolean isCertificate() {
        return outcomes.size() == Check.values().length && count(Result.PASSED) == outcomes.size() && timeDivisor == 1;
    }

    long count(Result result) {
        return outcomes.stream().filter(outcome -> outcome.result() == result).count();
    }

    String verdict() {
        String counts = "%d passed, %d failed, %d not run"
                .formatted(count(Result.PASSED), count(Result.FAILED), count(Result.NOT_RUN));
        if (isCertificate()) {
            return "The device conforms to the device protocol: " + counts + ".";
        }
        if (count(Result.FAILED) > 0) {
            return "The device does not conform to the device protocol: " + counts + ".";
        }
        return "Not a certificate: not all checks were run, or not with the protocol's times: " + counts + ".";
    }

    String markdown() {
        StringBuilder page = new StringBuilder("# Certification of device " + deviceId + "\n\n")
                .append(verdict())
                .append("\n\n")
                .append("| | |\n| --- | --- |\n")
                .append(row("time", time.truncatedTo(ChronoUnit.SECONDS).toString()))
                .append(row("model, firmware", device()))
                .append(row("connection", connection()))
                .append(row(
                        "protocol times",
                        timeDivisor == 1 ? "the protocol's" : "the protocol's divided by " + timeDivisor))
                .append("\n| check | result | rule | reason |\n| --- | --- | --- | --- |\n");
        outcomes.forEach(outcome -> page.append(row(
                outcome.check().name(),
                outcome.result().toString(),
                outcome.check().rule(),
                outcome.reason())));
        return page.toString();
    }

    private String device() {
        return trace.all(MessageReceived.class)
                .filter(message -> message.type().equals("hello"))
                .findFirst()
                .map(hello -> hello.text("model") + ", " + hello.text("firmware"))
                .orElse("no hello was received");
    }

    private String connection() {
        return trace.all(Connected.class)
                .findFirst()
                .map(connected -> "MQTT %s over %s"
                        .formatted(
                                connected.protocolVersion() == 5 ? "5" : "3.1.1",
                                connected.webSocket() ? "WebSocket" : "TCP"))
                .orElse("none");
    }

    private static String row(String... cells) {
        return "| "
                + String.join(
                        " | ",
                        List.of(cells).stream().map(CertificationReport::cell).toList()) + " |\n";
    }

    /** Escapes texts of the device, which must not break the table. */
    private static String cell(String text) {
        return text.replace("|", "\\|").replaceAll("[\\r\\n]+", " ");
    }
}
