package dev.terminalcloud.certification.check;

import dev.terminalcloud.certification.check.CheckOutcome.Result;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * The report of a run.
 *
 * @param kind what was certified: {@code device} or {@code POS}
 * @param name the name of the one that was certified
 * @param contract the name of the rules
 * @param time when the run ended
 * @param facts what is known about it, by name, in their order
 * @param checks the number of all checks that there are
 * @param timeDivisor the divisor of the times of the rules; 1 for the rules' own times
 */
public record CertificationReport(
        String kind,
        String name,
        String contract,
        Instant time,
        Map<String, String> facts,
        List<CheckOutcome> outcomes,
        int checks,
        int timeDivisor) {

    /** Copies the facts and the outcomes. */
    public CertificationReport {
        facts = new LinkedHashMap<>(facts);
        outcomes = List.copyOf(outcomes);
    }

    /** Returns whether it is certified: all rules are kept, except those about optional features that it does not use. */
    public boolean isCertificate() {
        return outcomes.size() == checks
                && count(Result.PASSED) + count(Result.NOT_APPLICABLE) == checks
                && count(Result.PASSED) > 0
                && timeDivisor == 1;
    }

    /** Returns the number of checks with this result. */
    public long count(Result result) {
        return outcomes.stream().filter(outcome -> outcome.result() == result).count();
    }

    /** Returns the result of the run in a sentence. */
    public String verdict() {
        String counts = "%d passed, %d failed, %d not run"
                .formatted(count(Result.PASSED), count(Result.FAILED), count(Result.NOT_RUN));
        if (count(Result.NOT_APPLICABLE) > 0) {
            counts += ", %d about features that it does not use".formatted(count(Result.NOT_APPLICABLE));
        }
        if (isCertificate()) {
            return "The %s conforms to the %s: %s.".formatted(kind, contract, counts);
        }
        if (count(Result.FAILED) > 0) {
            return "The %s does not conform to the %s: %s.".formatted(kind, contract, counts);
        }
        return "Not a certificate: not all checks were run, or not with the protocol's times: " + counts + ".";
    }

    /** Returns the report as a page in Markdown. */
    public String markdown() {
        StringBuilder page = new StringBuilder("# Certification of " + kind + " " + cell(name) + "\n\n")
                .append(verdict())
                .append("\n\n")
                .append("| | |\n| --- | --- |\n")
                .append(row("time", time.truncatedTo(ChronoUnit.SECONDS).toString()));
        facts.forEach((fact, value) -> page.append(row(fact, value)));
        page.append(row(
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

    private static String row(String... cells) {
        return "| "
                + String.join(
                        " | ",
                        List.of(cells).stream().map(CertificationReport::cell).toList()) + " |\n";
    }

    /** Escapes texts of the other side, which must not break the table. */
    private static String cell(String text) {
        return text.replace("|", "\\|").replaceAll("[\\r\\n]+", " ");
    }
}
