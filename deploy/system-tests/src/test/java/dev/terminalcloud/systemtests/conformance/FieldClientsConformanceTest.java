package dev.terminalcloud.systemtests.conformance;

import static dev.terminalcloud.systemtests.conformance.Expected.assertStarted;
import static dev.terminalcloud.systemtests.conformance.Waits.TIMEOUT;
import static dev.terminalcloud.virtualregister.FormBody.encode;
import static dev.terminalcloud.virtualregister.PosRequests.form;
import static org.assertj.core.api.Assertions.assertThat;

import dev.terminalcloud.systemtests.PolledTransaction;
import dev.terminalcloud.systemtests.Shop;
import dev.terminalcloud.virtualregister.Answer;
import dev.terminalcloud.virtualregister.VirtualRegister;
import java.net.URI;
import java.net.http.HttpRequest.BodyPublishers;

/** Section 1: the same pairing and purchase, in the encodings of different POS systems. */
@Conformance
class FieldClientsConformanceTest {
    private final TargetSystem cloud;

    FieldClientsConformanceTest(TargetSystem cloud) {
        this.cloud = cloud;
    }

    @Proves(Row.JAVASCRIPT)
    void encodeUriComponentIsRead() throws Exception {
        pairsAndPays(FieldClient.JAVASCRIPT);
    }

    @Proves(Row.C_SHARP)
    void formUrlEncodedContentIsRead() throws Exception {
        pairsAndPays(FieldClient.C_SHARP);
    }

    @Proves(Row.PHP)
    void httpBuildQueryIsRead() throws Exception {
        pairsAndPays(FieldClient.PHP);
    }

    @Proves(Row.CURL)
    void rawDataIsRead() throws Exception {
        pairsAndPays(FieldClient.CURL);
    }

    @Proves(Row.DELPHI)
    void lowerCaseEscapesAreRead() throws Exception {
        pairsAndPays(FieldClient.DELPHI);
    }

    @Proves(Row.QUERY)
    void queryWithAnEmptyBodyIsRead() throws Exception {
        try (Shop shop = cloud.unpaired()) {
            VirtualRegister register = named(shop);
            URI pairing = URI.create(register.url("Pairing/" + shop.pairingCode()) + "?" + encode(register.names()));
            URI start = URI.create(register.url("Transaction") + "?" + encode(register.purchase(500)));

            assertPaired(register.send(form(pairing).PUT(BodyPublishers.noBody())));
            assertPays(register, register.send(form(start).POST(BodyPublishers.noBody())));
        }
    }

    private void pairsAndPays(FieldClient client) throws Exception {
        try (Shop shop = cloud.unpaired()) {
            VirtualRegister register = named(shop);
            URI pairing = register.url("Pairing/" + shop.pairingCode());

            assertPaired(client.send(register, "PUT", pairing, register.names()));
            assertPays(register, client.send(register, "POST", register.url("Transaction"), register.purchase(500)));
        }
    }

    private static VirtualRegister named(Shop shop) {
        return shop.register()
                .renamed("POSBusinessName", "Joe's (Caf\u00e9) & S\u00f6hne ~ Main St. / No: 5!")
                .renamed("POSRegisterName", "Till *1_2-3");
    }

    private static void assertPaired(Answer answer) {
        assertThat(answer.status()).as(answer.toString()).isEqualTo(200);
    }

    private static void assertPays(VirtualRegister register, Answer started) {
        assertStarted(started);
        assertThat(started.data("PosBusinessName")).isEqualTo(register.businessName());
        Expected.assertApproved(PolledTransaction.of(register, started).awaitCompleted(TIMEOUT));
    }
}
