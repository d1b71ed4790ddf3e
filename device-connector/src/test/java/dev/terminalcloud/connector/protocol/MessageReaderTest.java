package dev.terminalcloud.connector.protocol;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static java.nio.charset.StandardCharsets.UTF_16;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import dev.terminalcloud.events.DeviceEvent;
import dev.terminalcloud.events.DeviceEvent.CancelRefused;
import dev.terminalcloud.events.DeviceEvent.DeviceConnected;
import dev.terminalcloud.events.DeviceEvent.DeviceMessageRejected;
import dev.terminalcloud.events.DeviceEvent.DeviceMessageUnreadable;
import dev.terminalcloud.events.DeviceEvent.DevicePonged;
import dev.terminalcloud.events.DeviceEvent.DeviceStatusChanged;
import dev.terminalcloud.events.DeviceEvent.PairingCodeRequested;
import dev.terminalcloud.events.DeviceEvent.TransactionClaimed;
import dev.terminalcloud.events.DeviceEvent.TransactionFinished;
import dev.terminalcloud.events.DeviceEvent.TransactionNeverSeen;
import dev.terminalcloud.events.DeviceEvent.TransactionProgressed;
import dev.terminalcloud.events.DeviceEvent.TransactionRefused;
import dev.terminalcloud.events.DeviceEvent.UnpairRequested;
import dev.terminalcloud.events.DeviceReport;
import dev.terminalcloud.events.DeviceReportBuilder;
import dev.terminalcloud.events.DeviceStatus;
import dev.terminalcloud.events.RefusalReason;
import dev.terminalcloud.events.ReportedAmounts;
import dev.terminalcloud.events.Result;
import dev.terminalcloud.events.TransactionResult;
import java.util.Arrays;
import java.util.List;
import java.util.Set;
import java.util.UUID;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

class MessageReaderTest {
    private static final String DEVICE = "70000001";
    private static final UUID SESSION = UUID.fromString("6f1c1c0e-5d0b-4f0e-9a53-3d7a3c7a0001");
    private static final UUID TRANSACTION = UUID.fromString("0b8a3e0c-8f0e-4f0e-9a53-3d7a3c7a0002");
    private static final String ABOUT = "'transactionId':'" + TRANSACTION + "'";

    static Stream<Arguments> validMessages() {
        return Stream.of(
                Arguments.of(
                        "'type':'hello','model':'M1','firmware':'1.2','status':'NOT-LOGGED-ON'",
                        new DeviceConnected(DEVICE, SESSION, 3, 42, "M1", "1.2", DeviceStatus.NOT_LOGGED_ON)),
                Arguments.of("'type':'pairing-code-request'", new PairingCodeRequested(DEVICE, SESSION)),
                Arguments.of("'type':'unpair','pairingNumber':7", new UnpairRequested(DEVICE, SESSION, 7)),
                Arguments.of(
                        "'type':'transaction-claim'," + ABOUT, new TransactionClaimed(DEVICE, SESSION, TRANSACTION)),
                Arguments.of(
                        "'type':'transaction-refused','reason':'OLD-PAIRING'," + ABOUT,
                        new TransactionRefused(DEVICE, SESSION, TRANSACTION, RefusalReason.OLD_PAIRING)),
                Arguments.of(
                        "'type':'transaction-progress','prompt':'Présentez la carte'," + ABOUT,
                        new TransactionProgressed(DEVICE, SESSION, TRANSACTION, "Présentez la carte")),
                Arguments.of(
                        "'type':'transaction-finished','result':'CANCELLED'," + ABOUT,
                        new TransactionFinished(DEVICE, SESSION, TRANSACTION, cancelled())),
                Arguments.of(
                        "'type':'transaction-never-seen'," + ABOUT,
                        new TransactionNeverSeen(DEVICE, SESSION, TRANSACTION)),
                Arguments.of("'type':'cancel-refused'," + ABOUT, new CancelRefused(DEVICE, SESSION, TRANSACTION)),
                Arguments.of(
                        "'type':'status','status':'REVERSAL-PENDING'",
                        new DeviceStatusChanged(DEVICE, SESSION, DeviceStatus.REVERSAL_PENDING)),
                Arguments.of("'type':'pong','nonce':'n-1'", new DevicePonged(DEVICE, SESSION, "n-1")));
    }

    @ParameterizedTest
    @MethodSource("validMessages")
    void eachTypeBecomesItsEvent(String members, DeviceEvent event) {
        assertThat(accepted(members).event()).isEqualTo(event);
    }

    @Test
    void tableOfValidMessagesHasEachType() {
        assertThat(validMessages().map(row -> accepted((String) row.get()[0]).type()))
                .containsExactlyInAnyOrder(MessageType.values());
    }

    @Test
    void finishedKeepsEverythingThatTheDeviceReports() {
        ParsedMessage.Accepted finished = accepted("'type':'transaction-finished','transactionResult':'OK-ACCEPTED',"
                + "'result':'OK','resultText':'Approved','amountTotal':1234,'amountSurcharge':0,'amountTip':100,"
                + "'amountCash':50,'authId':'A1','acquirerRef':'000001','terminalRef':'00000002',"
                + "'cardPan':'************1234','cardType':'VISA','accountType':'CREDIT',"
                + "'timestamp':'20260131235959','receipt':'line 1\\nline 2','status':'done','referenceId':'r-1',"
                + ABOUT);

        assertThat(finished.event())
                .isEqualTo(new TransactionFinished(
                        DEVICE,
                        SESSION,
                        TRANSACTION,
                        new DeviceReport(
                                TransactionResult.OK_ACCEPTED,
                                Result.OK,
                                "Approved",
                                new ReportedAmounts(1234L, 0L, 100L, 50L),
                                "A1",
                                "000001",
                                "00000002",
                                "************1234",
                                "VISA",
                                "CREDIT",
                                "20260131235959",
                                "line 1\nline 2",
                                "done",
                                "r-1")));
        assertThat(finished.masked()).isEmpty();
    }

    @Test
    void unmaskedCardNumberIsMaskedAndReported() {
        ParsedMessage.Accepted finished =
                accepted("'type':'transaction-finished','result':'OK','cardPan':'4111111111111111'," + ABOUT);

        assertThat(((TransactionFinished) finished.event()).report().cardPan()).isEqualTo("************1111");
        assertThat(finished.masked()).containsExactly(TextMember.CARD_PAN);
    }

    @ParameterizedTest
    @CsvSource({
        "resultText, RESULT_TEXT, PAN 4111 1111 1111 1111, PAN **** **** **** 1111",
        "resultText, RESULT_TEXT, ;4111111111111111=29121011234567890?, ;****************=*****************?",
        "authId, AUTH_ID, 4111111111111111, ************1111",
        "acquirerRef, ACQUIRER_REF, 4111-1111-1111-1111, ****-****-****-1111",
        "terminalRef, TERMINAL_REF, 4111111111111111, ************1111",
        "cardPan, CARD_PAN, 411111......1111, ******......1111",
        "cardType, CARD_TYPE, VISA 4111111111111111, VISA ************1111",
        "accountType, ACCOUNT_TYPE, 4111.1111.1111.1111, ****.****.****.1111",
        "receipt, RECEIPT, APPROVED 4111111111111111, APPROVED ************1111",
        "status, STATUS, 4111111111111111, ************1111",
        "referenceId, REFERENCE_ID, 4111111111111111, ************1111",
    })
    void cardDataIsMaskedInEachMemberAndCounted(String name, TextMember member, String sent, String masked) {
        ParsedMessage.Accepted finished =
                accepted("'type':'transaction-finished','result':'OK','%s':'%s',%s".formatted(name, sent, ABOUT));

        assertThat(finished.masked()).containsExactly(member);
        assertThat(finished.ignored()).isEmpty();
        assertThat(finished.event().toString()).contains(masked).doesNotContain(sent);
    }

    @Test
    void cardDataIsMaskedInOtherMessages() {
        String number = "4111111111111111";

        assertThat(accepted("'type':'hello','model':'%s','firmware':'%s','status':'READY'".formatted(number, number))
                        .masked())
                .containsExactlyInAnyOrder(TextMember.MODEL, TextMember.FIRMWARE);
        assertThat(accepted("'type':'transaction-progress','prompt':'%s',%s".formatted(number, ABOUT))
                        .masked())
                .containsExactly(TextMember.PROMPT);
        assertThat(accepted("'type':'pong','nonce':'%s'".formatted(number)).masked())
                .containsExactly(TextMember.NONCE);
        assertThat(read("'type':'transaction-finished','resultText':'%s',%s".formatted(number, ABOUT)))
                .isInstanceOfSatisfying(ParsedMessage.Rejected.class, rejected -> assertThat(rejected.masked())
                        .containsExactly(TextMember.KEPT_MESSAGE));
        assertThat(read("'x':'%s'".formatted(number)))
                .isInstanceOfSatisfying(ParsedMessage.Unreadable.class, unreadable -> assertThat(unreadable.masked())
                        .containsExactly(TextMember.KEPT_MESSAGE));
    }

    @ParameterizedTest
    @CsvSource({
        "resultText, 200, x",
        "resultText, 200, é",
        "resultText, 200, 😀",
        "receipt, 16384, x",
        "receipt, 8192, é",
        "authId, 40, A",
        "acquirerRef, 40, .",
        "terminalRef, 40, -",
        "cardPan, 40, *",
        "cardType, 40, _",
        "accountType, 40, /",
        "status, 40, a",
        "referenceId, 40, z",
    })
    void textHasALimit(String name, int max, String character) {
        String message = "'type':'transaction-finished','result':'CANCELLED','%s':'%s'," + ABOUT;

        assertThat(accepted(message.formatted(name, character.repeat(max))).ignored())
                .isEmpty();
        assertThat(accepted(message.formatted(name, character.repeat(max + 1))).ignored())
                .containsExactly(name);
    }

    @Test
    void textThatAMessageNeedsHasALimit() {
        String hello = "'type':'hello','status':'READY','model':'%s','firmware':'%s'";
        String progress = "'type':'transaction-progress','prompt':'%s'," + ABOUT;

        assertThat(accepted(hello.formatted("m".repeat(64), "f".repeat(64))).type())
                .isEqualTo(MessageType.HELLO);
        assertThat(read(hello.formatted("m".repeat(65), "f")))
                .isEqualTo(new ParsedMessage.Malformed("model must have at most 64 characters"));
        assertThat(read(hello.formatted("m", "f".repeat(65))))
                .isEqualTo(new ParsedMessage.Malformed("firmware must have at most 64 characters"));
        assertThat(accepted(progress.formatted("p".repeat(200))).type()).isEqualTo(MessageType.TRANSACTION_PROGRESS);
        assertThat(read(progress.formatted("p".repeat(201))))
                .isInstanceOfSatisfying(ParsedMessage.Rejected.class, rejected -> assertThat(
                                rejected.event().reason())
                        .isEqualTo("prompt must have at most 200 characters"));
    }

    @Test
    void unknownMembersAndNullsAreIgnored() {
        assertThat(accepted("'type':'transaction-finished','result':'CANCELLED','authId':null,'new':[{'x':1}]," + ABOUT)
                        .event())
                .isEqualTo(new TransactionFinished(DEVICE, SESSION, TRANSACTION, cancelled()));
    }

    @Test
    void unknownTypeIsReported() {
        assertThat(read("'type':'something-new'," + ABOUT)).isEqualTo(new ParsedMessage.UnknownType());
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '"',
            textBlock =
                    """
            transaction-refused  |                                    | reason is missing
            transaction-refused  | 'reason':null                      | reason is missing
            transaction-refused  | 'reason':'TIRED'                   | reason must be one of the allowed values
            transaction-refused  | 'reason':''                        | reason must be one of the allowed values
            transaction-refused  | 'reason':0                         | reason must be a string
            transaction-progress |                                    | prompt is missing
            transaction-progress | 'prompt':5                         | prompt must be a string
            transaction-progress | 'prompt':'a\\u0000b'               | prompt must not contain U+0000 or unpaired surrogates
            transaction-progress | 'prompt':'a\\ud800b'               | prompt must not contain U+0000 or unpaired surrogates
            transaction-finished |                                    | result is missing
            transaction-finished | 'result':'ok'                      | result must be one of the allowed values
            transaction-finished | 'result':'FAILED-INTERFACE'        | result must be one of the allowed values
            transaction-finished | 'result':'OK','transactionResult':'DECLINED' | transactionResult must be one of the allowed values
            transaction-finished | 'result':'OK','transactionResult':''  | transactionResult must be one of the allowed values
            transaction-finished | 'result':'OK','transactionResult':1   | transactionResult must be a string
            transaction-finished | 'result':'OK','result':'FAILED'       | result must not be repeated with another value
            """)
    void messageThatBreaksItsRulesIsRejectedIfItNamesATransaction(String type, String members, String rule) {
        String more = members == null ? "" : members + ",";

        assertThat(read("'type':'" + type + "'," + more + ABOUT))
                .isInstanceOfSatisfying(ParsedMessage.Rejected.class, rejected -> assertThat(rejected.event())
                        .isEqualTo(new DeviceMessageRejected(
                                DEVICE,
                                SESSION,
                                TRANSACTION,
                                type,
                                rule,
                                json("'type':'" + type + "'," + more + ABOUT))));
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '"',
            textBlock =
                    """
            amountTotal     | '5'
            amountTotal     | ''
            amountTotal     | 500.5
            amountTotal     | .5
            amountTotal     | -5
            amountTotal     | -0.01
            amountTotal     | 1000000000000
            amountTotal     | 9223372036854775808
            amountTotal     | 1e400
            amountTotal     | 1e-400
            amountTotal     | 1e99999999999
            amountTotal     | NaN
            amountTotal     | -Infinity
            amountSurcharge | true
            amountTip       | []
            amountTip       | ''
            amountTip       | 'none'
            amountCash      | {'x':1}
            resultText      | 1
            authId          | 123456
            acquirerRef     | 13
            terminalRef     | 1
            cardPan         | 4111
            cardType        | false
            accountType     | 1
            timestamp       | ''
            timestamp       | '2026-01-31'
            timestamp       | '2026-11-26T10:15:00+13:00'
            timestamp       | 20261126101500
            timestamp       | '20261326101500'
            timestamp       | '20260026101500'
            timestamp       | '20260229101500'
            timestamp       | '20261100101500'
            timestamp       | '20261131101500'
            timestamp       | '20261126241500'
            timestamp       | '20261126106000'
            timestamp       | '20261126101560'
            timestamp       | '00000000000000'
            timestamp       | '２０２６１１２６１０１５００'
            cardPan         | '*****************************************'
            authId          | '00000000000000000000000000000000000000041'
            acquirerRef     | 'a:b'
            terminalRef     | 'a+b'
            cardType        | 'É'
            accountType     | '<b>'
            referenceId     | 'a,b'
            status          | 'a;b'
            receipt         | ['line']
            receipt         | '\\u0000'
            receipt         | '\\ud83d'
            status          | 1
            referenceId     | 1
            """)
    void invalidOptionalMemberIsLeftOutAndNamed(String member, String value) {
        String message =
                "'type':'transaction-finished','result':'CANCELLED','%s':%s,%s".formatted(member, value, ABOUT);

        assertThat(accepted(message).ignored()).containsExactly(member);
        assertThat(accepted(message).event())
                .isEqualTo(new TransactionFinished(DEVICE, SESSION, TRANSACTION, cancelled(), List.of(member)));
    }

    @Test
    void eachInvalidOptionalMemberIsNamedAndTheOthersAreKept() {
        TransactionFinished finished = (TransactionFinished) accepted("'type':'transaction-finished','result':'OK',"
                        + "'transactionResult':'OK-ACCEPTED','amountTotal':500,'amountTip':'','timestamp':'','authId':'7',"
                        + ABOUT)
                .event();

        assertThat(finished.ignoredMembers()).containsExactly("amountTip", "timestamp");
        assertThat(finished.report().transactionResult()).isEqualTo(TransactionResult.OK_ACCEPTED);
        assertThat(finished.report().amounts().amountTotalCents()).isEqualTo(500);
        assertThat(finished.report().authId()).isEqualTo("7");
    }

    @ParameterizedTest
    @CsvSource({
        "500, 500",
        "500.0, 500",
        "500., 500",
        "+500, 500",
        "0500, 500",
        "5e2, 500",
        "5E+2, 500",
        "0.05e4, 500",
        "50000e-2, 500",
        "0, 0",
        "0.00, 0",
        "-0, 0",
        "0e99, 0",
        "999999999.000, 999999999",
        "1000000000, 1000000000",
        "999999999999, 999999999999"
    })
    void numberCountsByItsValue(String written, long cents) {
        ParsedMessage.Accepted finished =
                accepted("'type':'transaction-finished','result':'OK','amountTotal':%s,%s".formatted(written, ABOUT));

        assertThat(finished.ignored()).isEmpty();
        assertThat(((TransactionFinished) finished.event()).report().amounts().amountTotalCents())
                .isEqualTo(cents);
    }

    @ParameterizedTest
    @ValueSource(strings = {"20280229000000", "20261231235959", "00010101000000"})
    void timestampIsATimeOfTheCalendar(String timestamp) {
        ParsedMessage.Accepted finished =
                accepted("'type':'transaction-finished','result':'OK','timestamp':'%s',%s".formatted(timestamp, ABOUT));

        assertThat(((TransactionFinished) finished.event()).report().timestamp())
                .isEqualTo(timestamp);
    }

    @Test
    void repeatedMemberCountsOnlyWithOneValue() {
        String finished = "'type':'transaction-finished','result':'CANCELLED',";

        assertThat(accepted(finished + "'authId':'1','authId':'1'," + ABOUT).ignored())
                .isEmpty();
        assertThat(accepted(finished + "'authId':'1','authId':'2'," + ABOUT).ignored())
                .containsExactly("authId");
        assertThat(accepted(finished + "'amountTip':5,'amountTip':5.0," + ABOUT).ignored())
                .isEmpty();
        assertThat(read(finished + "'transactionId':'%s',%s".formatted(SESSION, ABOUT)))
                .isInstanceOf(ParsedMessage.Unreadable.class);
    }

    @Test
    void lineBreakInAReceiptNeedsNoEscape() {
        ParsedMessage.Accepted finished =
                accepted("'type':'transaction-finished','result':'OK','receipt':'a\r\nb\tc'," + ABOUT);

        assertThat(((TransactionFinished) finished.event()).report().receipt()).isEqualTo("a\r\nb\tc");
    }

    @ParameterizedTest
    @MethodSource("surroundedMessages")
    void surroundingsOfTheObjectAreSkipped(byte[] payload) {
        assertThat(MessageReader.read(payload, identity()))
                .isInstanceOfSatisfying(ParsedMessage.Accepted.class, accepted -> assertThat(accepted.event())
                        .isEqualTo(new TransactionClaimed(DEVICE, SESSION, TRANSACTION)));
    }

    static Stream<byte[]> surroundedMessages() {
        String claim = json("'type':'transaction-claim'," + ABOUT);
        return Stream.of(
                        "\ufeff" + claim,
                        "\ufeff\r\n" + claim,
                        claim + "\0",
                        claim + "\0\0\0",
                        claim + "\r\n\0",
                        claim + "\u001a",
                        " \t" + claim + " \n",
                        "\ufeff" + claim + "\0")
                .map(text -> text.getBytes(UTF_8));
    }

    @ParameterizedTest
    @ValueSource(strings = {"resultText", "authId", "cardType", "receipt", "status", "timestamp"})
    void byteThatIsNotUtf8SpoilsItsMemberOnly(String member) {
        byte[] latin1 = json("'type':'transaction-finished','result':'CANCELLED','%s':'caf\u00e9',%s"
                        .formatted(member, ABOUT))
                .getBytes(ISO_8859_1);

        assertThat(MessageReader.read(latin1, identity()))
                .isInstanceOfSatisfying(ParsedMessage.Accepted.class, accepted -> assertThat(accepted.event())
                        .isEqualTo(
                                new TransactionFinished(DEVICE, SESSION, TRANSACTION, cancelled(), List.of(member))));
    }

    @Test
    void byteThatIsNotUtf8CompletesNoSurrogatePair() {
        byte[] broken = json("'type':'transaction-finished','result':'CANCELLED','receipt':'\\ud83d\u00e9\\udc00',"
                        + ABOUT)
                .getBytes(ISO_8859_1);

        assertThat(((ParsedMessage.Accepted) MessageReader.read(broken, identity())).ignored())
                .containsExactly("receipt");
    }

    @Test
    void byteThatIsNotUtf8InAMandatoryMemberIsRejected() {
        byte[] latin1 = json("'type':'transaction-progress','prompt':'Pr\u00e9sentez'," + ABOUT)
                .getBytes(ISO_8859_1);

        assertThat(MessageReader.read(latin1, identity()))
                .isInstanceOfSatisfying(
                        ParsedMessage.Rejected.class,
                        rejected -> assertThat(rejected.event().payload()).contains("Pr\\xE9sentez"));
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '"',
            textBlock =
                    """
            'type':'hello','firmware':'1','status':'READY'             | model is missing
            'type':'hello','model':'M','status':'READY'                | firmware is missing
            'type':'hello','model':'M','firmware':'1'                  | status is missing
            'type':'hello','model':'M','firmware':'1','status':'FINE'  | status must be one of the allowed values
            'type':'hello','model':'\\u0000','firmware':'1','status':'READY' | model must not contain U+0000 or unpaired surrogates
            'type':'unpair'                                            | pairingNumber is missing
            'type':'unpair','pairingNumber':'1'                        | pairingNumber must be a non-negative integer
            'type':'unpair','pairingNumber':1.5                        | pairingNumber must be a non-negative integer
            'type':'status'                                            | status is missing
            'type':'status','status':1                                 | status must be a string
            'type':'pong'                                              | nonce is missing
            'type':'pong','nonce':{}                                   | nonce must be a string
            """)
    void messageThatBreaksItsRulesIsMalformedIfItIsNotAboutATransaction(String members, String rule) {
        assertThat(read(members)).isEqualTo(new ParsedMessage.Malformed(rule));
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '"',
            textBlock =
                    """
            'type':'transaction-claim'                                 | transactionId is missing
            'type':'transaction-claim','transactionId':'1-1-1-1-1'     | transactionId must be a UUID
            'type':'transaction-claim','transactionId':7               | transactionId must be a string
            'type':'transaction-refused','reason':'BUSY'               | transactionId is missing
            'type':'transaction-progress','prompt':'x'                 | transactionId is missing
            'type':'transaction-finished','result':'OK'                | transactionId is missing
            'type':'transaction-never-seen','transactionId':null       | transactionId is missing
            'model':'M'                                                | type is missing
            'type':null                                                | type is missing
            'type':1                                                   | type must be a string
            'type':'pong','type':'status'                              | type must not be repeated with another value
            """)
    void messageThatBreaksItsRulesIsUnreadableIfItNamesNoTransaction(String members, String rule) {
        assertThat(read(members)).isEqualTo(unreadable(rule, json(members)));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "{",
                "null",
                "[]",
                "\"text\"",
                "{\"type\":\"pong\",\"nonce\":\"1\"} {}",
                "{\"type\":\"pong\",\"nonce\":\"1\"",
                "{\"type\":\"pong\",\"nonce\":}",
                "{\"type\" \"pong\"}",
                "\ufeff\ufeff{}",
                "{'type':'pong','nonce':'1'}",
                "{\"type\":\"pong\",\"nonce\":nil}"
            })
    void payloadThatIsNotAJsonObjectIsUnreadable(String text) {
        assertThat(MessageReader.read(text.getBytes(UTF_8), identity()))
                .isEqualTo(unreadable("not a JSON object", text));
    }

    @Test
    void jsonNestedBeyondReasonIsUnreadable() {
        String nested = "[".repeat(20_000) + "]".repeat(20_000);

        assertThat(read("'type':'pong','nonce':'1','x':" + nested)).isInstanceOf(ParsedMessage.Unreadable.class);
    }

    @Test
    void payloadInAnotherEncodingIsUnreadable() {
        byte[] utf16 = json("'type':'transaction-claim'," + ABOUT).getBytes(UTF_16);

        assertThat(MessageReader.read(utf16, identity())).isInstanceOf(ParsedMessage.Unreadable.class);
    }

    @Test
    void cardNumberIsInNoEvent() {
        String secret = "4111111111111111";

        String events = Arrays.stream(MessageType.values())
                .map(type -> read("'type':'%s','%s':'%s','transactionId':'%s'"
                                .formatted(type.wireName(), secret, secret, secret))
                        .toString())
                .collect(Collectors.joining());

        assertThat(events).doesNotContain(secret);
    }

    private static DeviceReport cancelled() {
        return DeviceReportBuilder.builder().result(Result.CANCELLED).build();
    }

    private static ParsedMessage.Accepted accepted(String members) {
        assertThat(read(members)).isInstanceOf(ParsedMessage.Accepted.class);
        return (ParsedMessage.Accepted) read(members);
    }

    private static ParsedMessage read(String members) {
        return MessageReader.read(json(members).getBytes(UTF_8), identity());
    }

    private static String json(String members) {
        return "{" + members.replace('\'', '"') + "}";
    }

    private static ParsedMessage unreadable(String reason, String payload) {
        return new ParsedMessage.Unreadable(new DeviceMessageUnreadable(DEVICE, SESSION, reason, payload), Set.of());
    }

    private static SessionIdentity identity() {
        return new SessionIdentity(DEVICE, SESSION, 3, 42);
    }
}
