package dev.terminalcloud.certification.device.scenario;

import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.terminalcloud.certification.check.CheckFailedException;
import dev.terminalcloud.certification.device.cloud.Identity;
import dev.terminalcloud.certification.device.cloud.SimulatedCloud;
import dev.terminalcloud.certification.device.cloud.Trace;
import dev.terminalcloud.certification.device.cloud.TraceEntry.Acknowledged;
import dev.terminalcloud.certification.device.cloud.TraceEntry.CommandSent;
import dev.terminalcloud.certification.device.cloud.TraceEntry.Connected;
import dev.terminalcloud.certification.device.cloud.TraceEntry.Disconnected;
import dev.terminalcloud.certification.device.cloud.TraceEntry.MessageReceived;
import dev.terminalcloud.certification.device.cloud.TraceEntry.Subscribed;
import dev.terminalcloud.certification.operator.ConsoleOperator;
import java.io.PrintWriter;
import java.io.Reader;
import java.io.Writer;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Violations of the invariants are found in the trace. */
class TraceInvariantsTest {
    private static final String ID = "7ab5ac71-0000-4000-8000-000000000002";

    private final SimulatedCloud cloud = SimulatedCloud.open(new Identity("7000000001", "a secret"), "localhost", 0, 0);
    private final Trace trace = cloud.trace();
    private final DeviceUnderTest bench = new DeviceUnderTest(
            cloud, new ConsoleOperator(Reader.nullReader(), new PrintWriter(Writer.nullWriter())), Times.PROTOCOL, 1);

    /** Each trace begins without violations. */
    @BeforeEach
    void connect() {
        trace.add(connected(1, true, 30, false));
        trace.add(new Subscribed(at(0), 1, List.of("devices/7000000001/commands 1"), true));
        receive(JsonNodeFactory.instance.objectNode().put("type", "hello"), 1);
    }

    @AfterEach
    void stop() {
        cloud.close();
    }

    private static Instant at(long second) {
        return Instant.EPOCH.plusSeconds(second);
    }

    private static Connected connected(int connection, boolean clean, int keepAlive, boolean will) {
        return new Connected(at(0), connection, "7000000001", 4, false, clean, keepAlive, will);
    }

    private static ObjectNode message(String type) {
        return JsonNodeFactory.instance.objectNode().put("type", type).put("transactionId", ID);
    }

    private void receive(String type) {
        receive(message(type), 1);
    }

    private void receive(ObjectNode message, int connection) {
        trace.add(new MessageReceived(at(1), connection, "", true, 1, Optional.of(message)));
    }

    private void sendCommand(String type, int messageId) {
        trace.add(new CommandSent(at(1), 1, messageId, message(type)));
    }

    private static void assertViolated(Scenario rule, DeviceUnderTest bench, String reason) {
        assertThatThrownBy(() -> rule.play(bench))
                .isInstanceOf(CheckFailedException.class)
                .hasMessageContaining(reason);
    }

    private static void assertKept(Scenario rule, DeviceUnderTest bench) {
        assertThatCode(() -> rule.play(bench)).doesNotThrowAnyException();
    }

    @Test
    void sessionThatIsKeptAKeepAliveOrAWillIsSeen() {
        assertKept(TraceInvariants::connectsAsRequired, bench);
        trace.add(connected(2, false, 30, false));
        trace.add(connected(3, true, 61, false));
        trace.add(connected(4, true, 30, true));

        assertViolated(
                TraceInvariants::connectsAsRequired,
                bench,
                "persistent session; its keep-alive is 61 s; it sent a will");
    }

    @Test
    void anotherTopicIsSeen() {
        assertKept(TraceInvariants::usesItsTwoTopics, bench);
        trace.add(new Subscribed(at(1), 1, List.of("devices/# 1"), false));
        trace.add(new MessageReceived(at(1), 1, "elsewhere", false, 1, Optional.of(message("pong"))));

        assertViolated(
                TraceInvariants::usesItsTwoTopics, bench, "it subscribed to devices/# 1; it published to elsewhere");
    }

    @Test
    void anotherFirstMessageIsSeen() {
        assertKept(TraceInvariants::sendsHelloFirst, bench);
        trace.add(connected(2, true, 30, false));
        receive(message("transaction-finished"), 2);

        assertViolated(
                TraceInvariants::sendsHelloFirst, bench, "transaction-finished was the first message on connection 2");
    }

    @Test
    void helloBeforeTheSubscriptionIsSeen() {
        trace.add(connected(2, true, 30, false));
        receive(message("hello"), 2);

        assertViolated(TraceInvariants::sendsHelloFirst, bench, "hello was sent before it subscribed");
    }

    @Test
    void secondHelloIsSeen() {
        receive("hello");

        assertViolated(TraceInvariants::sendsHelloFirst, bench, "more than one hello");
    }

    @Test
    void cardNumberIsSeen() {
        receive(message("transaction-finished").put("cardPan", "....0138"), 1);
        receive(message("transaction-finished").put("cardPan", "************0138"), 1);
        assertKept(TraceInvariants::masksCardNumbers, bench);

        receive(message("transaction-finished").put("cardPan", "400000......0138"), 1);

        assertViolated(TraceInvariants::masksCardNumbers, bench, "more than the last four digits");
    }

    @ParameterizedTest
    @CsvSource({
        "receipt, PAN 4111 1111 1111 1111",
        "resultText, 4111-1111-1111-1111",
        "authId, 4111111111111111",
        "receipt, ;4111111111111111=29121011234567890?",
        "more, %B4111111111111111^DOE/JOHN^29121011234567890?",
    })
    void cardDataInAnyTextIsSeen(String member, String text) {
        receive(
                message("transaction-finished")
                        .put("receipt", "CARD ************0138")
                        .put("cardPan", "....0138"),
                1);
        receive(message("transaction-finished").put("timestamp", "20261126101503"), 1);
        assertKept(TraceInvariants::sendsNoCardData, bench);

        receive(message("transaction-finished").put(member, text), 1);

        assertViolated(
                TraceInvariants::sendsNoCardData,
                bench,
                "transaction-finished: " + member + " has a card number or track data");
    }

    @Test
    void commandThatIsNotAcknowledgedIsSeen() {
        sendCommand("ping", 7);
        trace.add(new Acknowledged(at(2), 1, 7));
        sendCommand("paired", 8);
        assertKept(TraceInvariants::acknowledgesCommands, bench);

        trace.add(new Disconnected(at(12), 1, false));

        assertViolated(TraceInvariants::acknowledgesCommands, bench, "paired was not acknowledged within 10 s");
    }

    @Test
    void stepBackIsSeen() {
        receive("transaction-claim");
        receive("transaction-claim");
        receive("transaction-progress");
        receive("transaction-finished");
        receive("transaction-finished");
        assertKept(TraceInvariants::neverGoesBack, bench);

        receive("transaction-progress");

        assertViolated(TraceInvariants::neverGoesBack, bench, "transaction-progress came after transaction-finished");
    }

    @Test
    void refusalAfterTheGrantIsSeen() {
        receive("transaction-progress");
        receive("transaction-refused");

        assertViolated(TraceInvariants::neverGoesBack, bench, "transaction-refused came after transaction-progress");
    }

    @Test
    void secondResultIsSeen() {
        receive(message("transaction-finished").put("result", "OK"), 1);
        receive(message("transaction-finished").put("result", "OK"), 1);
        assertKept(TraceInvariants::hasOneResult, bench);

        receive(message("transaction-finished").put("result", "FAILED"), 1);

        assertViolated(TraceInvariants::hasOneResult, bench, "two different results");
    }

    @Test
    void runWithoutAGrantIsSeen() {
        receive("transaction-progress");
        sendCommand("start-granted", 7);

        assertViolated(TraceInvariants::runsNothingWithoutAGrant, bench, "was not granted");
    }

    @Test
    void runAfterTheGrantIsFine() {
        receive("transaction-claim");
        sendCommand("start-granted", 7);
        receive("transaction-progress");

        assertKept(TraceInvariants::runsNothingWithoutAGrant, bench);
    }
}
