package dev.terminalcloud.systemtests.vocabulary;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** The rules find violations, and accept the standard terms. */
class VocabularyRulesTest {
    private static final VocabularyRules RULES = VocabularyRules.read();

    @ParameterizedTest
    @ValueSource(
            strings = {
                "clientPa" + "tience",
                "PA" + "TIENCE_MILLIS",
                "HeardEvents",
                "MO" + "ST",
                "LONG" + "EST_WAIT",
                "settle",
                "tell_it_told"
            })
    void forbiddenIdentifierIsFound(String name) {
        assertThat(RULES.forbiddenIdentifiers("int " + name + " = 1;")).containsExactly(name);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "int clientTimeout, MAX_WAIT, atMost, AT_MOST;",
                "int x; // pa" + "tience",
                "/* pa" + "tience\n in" + "sist */ int x;",
                "String x = \"pa" + "tience \\\" in" + "sist\";",
                "char x = '\"'; int y;",
                "const x = `pa" + "tience ${y}`;"
            })
    void commentsAndStringsAreNotIdentifiers(String code) {
        assertThat(RULES.forbiddenIdentifiers(code)).isEmpty();
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "it is" + " no fault|is" + " no f",
                "there are" + " none left|are" + " none",
                "Kafka is" + " away|is" + " away",
                "see `connector.drain-" + "time` there|connector.drain-" + "time",
                "--pa" + "tience 5|--pa" + "tience",
                "sum(outbox_" + "waiting)|outbox_" + "waiting",
                "alert: DeadLetters" + "Wait|DeadLetters" + "Wait",
                "select stated_" + "at from t|stated_" + "at",
                "/** Wh" + "at it does. */|/** Wh" + "at"
            })
    void forbiddenPhraseIsFound(String text, String found) {
        assertThat(RULES.forbiddenPhrases(text)).contains(found);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "/**\n     * It waits once\n     * more.\n     */",
                "-- tried once\n-- more",
                "# tried once\n# more",
                "String x = \"tried once\"\n        + \" more\";"
            })
    void phraseIsFoundAcrossLineBreaks(String text) {
        assertThat(RULES.forbiddenPhrases(text)).containsExactly("once" + " more");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "it is no longer delayed, nor are no more than 5 left",
                "connector.drain-duration, connector.drain-" + "time-limit",
                "outbox." + "waiting() and transaction." + "lost-and-found"
            })
    void standardTextIsAccepted(String text) {
        assertThat(RULES.forbiddenPhrases(text)).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "LOG.info(\"device connected\");",
                "LOG.info(\"Device connected.\");",
                "LOG.infof(\"Device connected, deviceId=%s\", id);",
                "LOG.infof(\"Device %s connected\", id);",
                "LOG.infof(\"Device connected: device=%s\", id);",
                "LOG.warnf(failure, \"Session failed: reason=%s deviceId=%s\", reason, id);",
                "LOG.warnf(\n        \"Session failed \"\n                + \"deviceId=%s\",\n        id);"
            })
    void malformedLogMessageIsFound(String code) {
        assertThat(RULES.malformedLogMessages(code)).hasSize(1);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "LOG.info(\"Listening for relay notifications\");",
                "LOG.infof(\"Device connected: deviceId=%s\", id);",
                "LOG.warnf(failure, \"Session failed: deviceId=%s reason=%s\", id, reason);",
                "LOG.debugf(\"Connection closed before CONNECT: reason=%s detail=%s\", reason, detail);",
                "LOG.warnf(\"Certificate expires soon. Replace connector.tls.key: expiresAt=%s\", time);",
                "LOG.infof(\"Waiting for a prerequisite. %s: waitedSeconds=%d reason=%s\", advice, seconds, reason);",
                "LOG.log(Level.WARNING, failure, () -> \"Failed to start: server=\" + name);",
                "LOG\n        .infof(\n                \"Device connected: \" + \"deviceId=%s\", id);"
            })
    void wellFormedLogMessageIsAccepted(String code) {
        assertThat(VocabularyRules.logMessages(code)).hasSize(1);
        assertThat(RULES.malformedLogMessages(code)).isEmpty();
    }

    @Test
    void malformedTestNameIsFound() {
        String code = "@Test void" + " aCodeIsUsed() {} @ParameterizedTest @CsvSource({\"a(b)\"}) void"
                + " whatIsSent(int a) throws Exception {}"
                + " @Proves(Row.X) public void codeIsUsed() { a(); } @Test void andThen() {} @TestInstance void"
                + " theRest() {}";

        assertThat(VocabularyRules.testNames(code))
                .containsExactly("aCodeIsUsed", "whatIsSent", "codeIsUsed", "andThen");
        assertThat(RULES.malformedTestNames(code)).containsExactly("aCodeIsUsed", "whatIsSent");
    }
}
