package dev.terminalcloud.virtualdevice.protocol;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import java.util.UUID;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Compares each message with its JSON on the protocol page. */
class ProtocolJsonTest {
    private static final UUID ID = UUID.fromString("00000000-0000-4000-8000-000000000001");
    private static final String WITH_ID = "\"transactionId\":\"" + ID + "\"";

    static Stream<Arguments> deviceMessages() {
        return Stream.of(
                Arguments.of(
                        new DeviceMessage.Hello("m", "f", DeviceStatus.NOT_LOGGED_ON),
                        "{\"type\":\"hello\",\"model\":\"m\",\"firmware\":\"f\",\"status\":\"NOT-LOGGED-ON\"}"),
                Arguments.of(new DeviceMessage.RequestPairingCode(), "{\"type\":\"pairing-code-request\"}"),
                Arguments.of(new DeviceMessage.Unpair(4), "{\"type\":\"unpair\",\"pairingNumber\":4}"),
                Arguments.of(
                        new DeviceMessage.StatusChanged(DeviceStatus.READY),
                        "{\"type\":\"status\",\"status\":\"READY\"}"),
                Arguments.of(new DeviceMessage.Pong("n"), "{\"type\":\"pong\",\"nonce\":\"n\"}"),
                Arguments.of(new DeviceMessage.Claim(ID), "{\"type\":\"transaction-claim\"," + WITH_ID + "}"),
                Arguments.of(
                        new DeviceMessage.Refused(ID, RefusalReason.NO_GRANT),
                        "{\"type\":\"transaction-refused\"," + WITH_ID + ",\"reason\":\"NO-GRANT\"}"),
                Arguments.of(
                        new DeviceMessage.Progress(ID, "ENTER PIN"),
                        "{\"type\":\"transaction-progress\"," + WITH_ID + ",\"prompt\":\"ENTER PIN\"}"),
                Arguments.of(
                        new DeviceMessage.Finished(
                                ID, Report.without(TransactionResult.FAILED, FunctionResult.FAILED, "FAULT")),
                        "{\"type\":\"transaction-finished\"," + WITH_ID
                                + ",\"transactionResult\":\"FAILED\",\"result\":\"FAILED\",\"resultText\":\"FAULT\"}"),
                Arguments.of(new DeviceMessage.NeverSeen(ID), "{\"type\":\"transaction-never-seen\"," + WITH_ID + "}"),
                Arguments.of(new DeviceMessage.CancelRefused(ID), "{\"type\":\"cancel-refused\"," + WITH_ID + "}"));
    }

    @ParameterizedTest
    @MethodSource("deviceMessages")
    void writesTheDocumentedJson(DeviceMessage message, String json) {
        assertThat(new String(ProtocolJson.write(message), UTF_8)).isEqualTo(json);
    }

    @Test
    void eachDeviceMessageIsCompared() {
        assertThat(deviceMessages().<Class<?>>map(arguments -> arguments.get()[0].getClass()))
                .containsExactlyInAnyOrder(SealedFamily.namedRecords(DeviceMessage.class));
    }

    static Stream<Arguments> cloudMessages() {
        return Stream.of(
                Arguments.of(
                        "{\"type\":\"pairing-code\",\"code\":\"12345678\",\"expiresInSeconds\":120}",
                        new CloudMessage.ShowPairingCode("12345678", 120)),
                Arguments.of(
                        "{\"type\":\"paired\",\"pairingNumber\":2,\"businessName\":\"b\",\"registerName\":\"r\"}",
                        new CloudMessage.Paired(2, "b", "r")),
                Arguments.of("{\"type\":\"unpaired\",\"pairingNumber\":3}", new CloudMessage.Unpaired(3)),
                Arguments.of("{\"type\":\"ping\",\"nonce\":\"n\"}", new CloudMessage.Ping("n")),
                Arguments.of(
                        "{\"type\":\"offer-transaction\"," + WITH_ID
                                + ",\"pairingNumber\":2,\"function\":\"Card.Purchase\",\"amountTotal\":500,\"new\":1}",
                        CloudMessage.Offer.purchase(ID, 2, 500)),
                Arguments.of("{\"type\":\"start-granted\"," + WITH_ID + "}", new CloudMessage.StartGranted(ID)),
                Arguments.of("{\"type\":\"start-refused\"," + WITH_ID + "}", new CloudMessage.StartRefused(ID)),
                Arguments.of(
                        "{\"type\":\"report-transaction\"," + WITH_ID + "}", new CloudMessage.ReportTransaction(ID)),
                Arguments.of(
                        "{\"type\":\"cancel-transaction\"," + WITH_ID + "}", new CloudMessage.CancelTransaction(ID)));
    }

    @ParameterizedTest
    @MethodSource("cloudMessages")
    void readsTheDocumentedJson(String json, CloudMessage message) {
        assertThat(ProtocolJson.read(json.getBytes(UTF_8))).contains(message);
    }

    @Test
    void eachCloudMessageIsCompared() {
        assertThat(cloudMessages().<Class<?>>map(arguments -> arguments.get()[1].getClass()))
                .containsExactlyInAnyOrder(SealedFamily.namedRecords(CloudMessage.class));
    }

    @Test
    void typeOfTheFutureIsUnknown() {
        assertThat(ProtocolJson.read("{\"type\":\"dance\",\"tempo\":120}".getBytes(UTF_8)))
                .contains(new CloudMessage.Unknown("dance"));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "null",
                "[]",
                "42",
                "{",
                "{\"type\":\"start-granted\"}",
                "{\"type\":\"start-granted\",\"transactionId\":\"x\"}",
                "{\"type\":\"pairing-code\"}"
            })
    void invalidMessageIsIgnored(String text) {
        assertThat(ProtocolJson.read(text.getBytes(UTF_8))).isEmpty();
    }
}
