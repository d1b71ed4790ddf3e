package dev.terminalcloud.certification.scenario;

import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.terminalcloud.certification.cloud.Identity;
import dev.terminalcloud.certification.cloud.SimulatedCloud;
import dev.terminalcloud.certification.cloud.Trace;
import dev.terminalcloud.certification.cloud.TraceEntry.Acknowledged;
import dev.terminalcloud.certification.cloud.TraceEntry.CommandSent;
import dev.terminalcloud.certification.cloud.TraceEntry.Connected;
import dev.terminalcloud.certification.cloud.TraceEntry.Disconnected;
import dev.terminalcloud.certification.cloud.TraceEntry.MessageReceived;
import dev.terminalcloud.certification.cloud.TraceEntry.Subscribed;
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

/** What a device may do at no time, found in what it did. */
class TraceInvariantsTest {
    private static final String ID = "7ab5ac71-0000-4000-8000-000000000002";

    private final SimulatedCloud cloud = SimulatedCloud.open(new Identity("7000000001", "a secret"), "localhost", 0, 0);
    private final Trace trace = cloud.trace();
    private final DeviceUnderTest bench = new DeviceUnderTest(
            cloud, new ConsoleOperator(Reader.nullReader(), new PrintWriter(Writer.nullWriter())), Times.PROTOCOL, 1);

    /** Each trace begins in order. */
    @BeforeEach
    void connect() {
        trace.add(connected(1, true, 30, false));
        trace.add(new Subscribed(at(0), 1, List.of("devices/7000000001/commands 1"), true));
        say(JsonNodeFactory.instance.objectNode().put("type", "hello"), 1);
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

    private void say(String type) {
        say(message(type), 1);
    }

    private void say(ObjectNode message, int connection) {
        trace.add(new MessageReceived(at(1), connection, "", true, 1, Optional.of(message)));
    }

    private void tell(String type, int messageId) {
        trace.add(new CommandSent(at(1), 1, messageId, message(type)));
    }

    private static void assertBroken(Scenario rule, DeviceUnderTest bench, String reason) {
        assertThatThrownBy(() -> rule.play(bench))
                .isInstanceOf(CheckFailedException.class)
                .hasMessageContaining(reason);
    }

    private static void assertKept(Scenario rule, DeviceUnderTest bench) {
        assertThatCode(() -> rule.play(bench)).doesNotThrowAnyException();
    }

    @Test
    void sessionThatIsKeptAKeepAliveOrAWillIsSeen() {
        assertKept(TraceInvariants::connectsAsItShould, bench);
        trace.add(connected(2, false, 30, false));
        trace.add(connected(3, true, 61, false));
        trace.add(connected(4, true, 30, true));

        assertBroken(TraceInvariants::connectsAsItShould, bench, "kept; its keep-alive is 61 s; it sent a will");
    }

    @Test
    void anotherTopicIsSeen() {
        assertKept(TraceInvariants::usesItsTwoTopics, bench);
        trace.add(new Subscribed(at(1), 1, List.of("devices/# 1"), false));
        trace.add(new MessageReceived(at(1), 1, "elsewhere", false, 1, Optional.of(message("pong"))));

        assertBroken(
                TraceInvariants::usesItsTwoTopics, bench, "it subscribed to devices/# 1; it published to elsewhere");
    }

    @Test
    void anotherFirstMessageIsSeen() {
        assertKept(TraceInvariants::greetsFirst, bench);
        trace.add(connected(2, true, 30, false));
        say(message("transaction-finished"), 2);

        assertBroken(TraceInvariants::greetsFirst, bench, "transaction-finished was the first on connection 2");
    }

    @Test
    void helloBeforeTheSubscriptionIsSeen() {
        trace.add(connected(2, true, 30, false));
        say(message("hello"), 2);

        assertBroken(TraceInvariants::greetsFirst, bench, "hello came before it subscribed");
    }

    @Test
    void secondHelloIsSeen() {
        say("hello");

        assertBroken(TraceInvariants::greetsFirst, bench, "more than one hello");
    }

    @Test
    void cardNumberIsSeen() {
        say(message("transaction-finished").put("cardPan", "....0138"), 1);
        say(message("transaction-finished").put("cardPan", "************0138"), 1);
        assertKept(TraceInvariants::masksCardNumbers, bench);

        say(message("transaction-finished").put("cardPan", "400000......0138"), 1);

        assertBroken(TraceInvariants::masksCardNumbers, bench, "more than the last four digits");
    }

    @Test
    void commandThatIsNotAcknowledgedIsSeen() {
        tell("ping", 7);
        trace.add(new Acknowledged(at(2), 1, 7));
        tell("paired", 8);
        assertKept(TraceInvariants::acknowledgesCommands, bench);

        trace.add(new Disconnected(at(12), 1, false));

        assertBroken(TraceInvariants::acknowledgesCommands, bench, "paired was not acknowledged within 10 s");
    }

    @Test
    void stepBackIsSeen() {
        say("transaction-claim");
        say("transaction-claim");
        say("transaction-progress");
        say("transaction-finished");
        say("transaction-finished");
        assertKept(TraceInvariants::neverGoesBack, bench);

        say("transaction-progress");

        assertBroken(TraceInvariants::neverGoesBack, bench, "transaction-progress came after transaction-finished");
    }

    @Test
    void refusalAfterTheGrantIsSeen() {
        say("transaction-progress");
        say("transaction-refused");

        assertBroken(TraceInvariants::neverGoesBack, bench, "transaction-refused came after transaction-progress");
    }

    @Test
    void secondResultIsSeen() {
        say(message("transaction-finished").put("result", "OK"), 1);
        say(message("transaction-finished").put("result", "OK"), 1);
        assertKept(TraceInvariants::hasOneResult, bench);

        say(message("transaction-finished").put("result", "FAILED"), 1);

        assertBroken(TraceInvariants::hasOneResult, bench, "two different results");
    }

    @Test
    void runWithoutAGrantIsSeen() {
        say("transaction-progress");
        tell("start-granted", 7);

        assertBroken(TraceInvariants::runsNothingWithoutAGrant, bench, "was not granted");
    }

    @Test
    void runAfterTheGrantIsFine() {
        say("transaction-claim");
        tell("start-granted", 7);
        say("transaction-progress");

        assertKept(TraceInvariants::runsNothingWithoutAGrant, bench);
    }
}
