package dev.terminalcloud.connector.protocol;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import dev.terminalcloud.events.DeviceCommand.CancelTransaction;
import dev.terminalcloud.events.DeviceCommand.EndSession;
import dev.terminalcloud.events.DeviceCommand.GrantStart;
import dev.terminalcloud.events.DeviceCommand.OfferTransaction;
import dev.terminalcloud.events.DeviceCommand.PingDevice;
import dev.terminalcloud.events.DeviceCommand.RefuseStart;
import dev.terminalcloud.events.DeviceCommand.ReportTransaction;
import dev.terminalcloud.events.DeviceCommand.SessionCommand;
import dev.terminalcloud.events.DeviceCommand.ShowPairingCode;
import dev.terminalcloud.events.DeviceCommand.TellPaired;
import dev.terminalcloud.events.DeviceCommand.TellUnpaired;
import dev.terminalcloud.events.OriginalTransaction;
import dev.terminalcloud.events.RequestedAmounts;
import java.util.Arrays;
import java.util.Set;
import java.util.UUID;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

class CommandTypeTest {
    private static final String DEVICE = "70000001";
    private static final UUID SESSION = UUID.fromString("6f1c1c0e-5d0b-4f0e-9a53-3d7a3c7a0001");
    private static final UUID TRANSACTION = UUID.fromString("0b8a3e0c-8f0e-4f0e-9a53-3d7a3c7a0002");
    private static final UUID ORIGINAL = UUID.fromString("0b8a3e0c-8f0e-4f0e-9a53-3d7a3c7a0003");
    private static final String ABOUT = "'transactionId':'" + TRANSACTION + "'";

    static Stream<Arguments> commands() {
        return Stream.of(
                Arguments.of(
                        new ShowPairingCode(DEVICE, SESSION, "123456", 300),
                        "{'type':'pairing-code','code':'123456','expiresInSeconds':300}"),
                Arguments.of(
                        new TellPaired(DEVICE, SESSION, 4, "Café", "Till 1"),
                        "{'type':'paired','pairingNumber':4,'businessName':'Café','registerName':'Till 1'}"),
                Arguments.of(new TellUnpaired(DEVICE, SESSION, 5), "{'type':'unpaired','pairingNumber':5}"),
                Arguments.of(
                        new OfferTransaction(
                                DEVICE,
                                SESSION,
                                TRANSACTION,
                                4,
                                "Card.Purchase",
                                RequestedAmounts.ofTotal(1200),
                                null,
                                null,
                                null,
                                OriginalTransaction.NONE),
                        "{'type':'offer-transaction'," + ABOUT
                                + ",'pairingNumber':4,'function':'Card.Purchase','amountTotal':1200}"),
                Arguments.of(
                        new OfferTransaction(
                                DEVICE,
                                SESSION,
                                TRANSACTION,
                                4,
                                "F",
                                new RequestedAmounts(1L, 2L, 3L, 4L),
                                "ref",
                                "20260131",
                                "{}",
                                new OriginalTransaction(ORIGINAL, "1", "2", "3", "4", "5")),
                        "{'type':'offer-transaction'," + ABOUT + ",'pairingNumber':4,'function':'F','amountTotal':1,"
                                + "'amountCash':2,'amountAuth':3,'amountFinal':4,'transactionReference':'ref',"
                                + "'date':'20260131','saleData':'{}','originalTransactionId':'" + ORIGINAL
                                + "','originalAcquirerRef':'1','originalTerminalRef':'2','originalAuthId':'3',"
                                + "'originalTransactionReference':'4','originalTimestamp':'5'}"),
                Arguments.of(new GrantStart(DEVICE, SESSION, TRANSACTION), "{'type':'start-granted'," + ABOUT + "}"),
                Arguments.of(new RefuseStart(DEVICE, SESSION, TRANSACTION), "{'type':'start-refused'," + ABOUT + "}"),
                Arguments.of(
                        new ReportTransaction(DEVICE, SESSION, TRANSACTION),
                        "{'type':'report-transaction'," + ABOUT + "}"),
                Arguments.of(
                        new CancelTransaction(DEVICE, SESSION, TRANSACTION),
                        "{'type':'cancel-transaction'," + ABOUT + "}"),
                Arguments.of(new PingDevice(DEVICE, SESSION, "n-1"), "{'type':'ping','nonce':'n-1'}"));
    }

    @ParameterizedTest
    @MethodSource("commands")
    void eachCommandIsOneJsonObject(SessionCommand command, String json) {
        assertThat(new String(CommandType.payload(command), UTF_8)).isEqualTo(json.replace('\'', '"'));
    }

    @Test
    void everyCommandButEndSessionIsSentToDevices() {
        Set<Class<?>> covered = commands().map(row -> row.get()[0].getClass()).collect(Collectors.toUnmodifiableSet());

        assertThat(recordsOf(SessionCommand.class).filter(type -> type != EndSession.class))
                .containsExactlyInAnyOrderElementsOf(covered);
    }

    private static Stream<Class<?>> recordsOf(Class<?> type) {
        return type.isSealed()
                ? Arrays.stream(type.getPermittedSubclasses()).flatMap(CommandTypeTest::recordsOf)
                : Stream.of(type);
    }
}
