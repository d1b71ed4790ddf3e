package dev.terminalcloud.systemtests.conformance;

import static dev.terminalcloud.systemtests.conformance.Expected.NOT_PAIRED;
import static dev.terminalcloud.systemtests.conformance.Expected.assertNames;
import static dev.terminalcloud.systemtests.conformance.Expected.assertRefused;
import static dev.terminalcloud.systemtests.conformance.Waits.TIMEOUT;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.terminalcloud.systemtests.PolledTransaction;
import dev.terminalcloud.systemtests.Shop;
import dev.terminalcloud.virtualregister.Answer;
import dev.terminalcloud.virtualregister.VirtualRegister;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.UUID;

/** Section 2: the parameters of a pairing. */
@Conformance
class PairingParametersConformanceTest {
    private final TargetSystem cloud;

    PairingParametersConformanceTest(TargetSystem cloud) {
        this.cloud = cloud;
    }

    @Proves(Row.REGISTER_ID)
    void registerIdHas1To128Characters() throws Exception {
        try (Shop shop = cloud.unpaired()) {
            assertMandatory(shop.register(), shop.pairingCode(), "POSRegisterID");
            String code = shop.pairingCode();
            String maxLength = "\u00e9".repeat(92) + UUID.randomUUID();

            assertNames(
                    shop.register().renamed("POSRegisterID", maxLength + "1").pair(code), "POSRegisterID");
            pairsAndPays(shop.register().renamed("POSRegisterID", maxLength), code);
        }
    }

    @Proves(Row.REGISTER_ID_FORMS)
    void formsOfRegisterIdsInTheFieldWork() throws Exception {
        try (Shop shop = cloud.unpaired()) {
            String unique = UUID.randomUUID().toString();
            String hex = unique.replace("-", "").toUpperCase(Locale.ROOT);
            String mac = hex.substring(0, 12).replaceAll("(..)(?!$)", "$1:");
            String number = Long.toString(UUID.randomUUID().getMostSignificantBits() >>> 1);
            for (String id : List.of(unique, "db/" + unique, mac, mac.replace(':', '-'), number, "{" + unique + "}")) {
                pairsAndPays(shop.register().renamed("POSRegisterID", id), shop.pairingCode());
            }
        }
    }

    @Proves(Row.REGISTER_NAME)
    void registerNameIsMandatory() throws Exception {
        assertMandatory("POSRegisterName");
    }

    @Proves(Row.BUSINESS_NAME)
    void businessNameIsMandatory() throws Exception {
        assertMandatory("POSBusinessName");
    }

    @Proves(Row.VENDOR_NAME)
    void vendorNameIsMandatoryAndPartOfTheIdentity() throws Exception {
        cloud.requireOriginalVendor();
        assertMandatory("POSVendorName");
        try (Shop shop = cloud.paired()) {
            VirtualRegister other = shop.register().renamed("POSVendorName", "Other Vendor");
            assertRefused(other.startPurchase(500), 400, NOT_PAIRED);
        }
    }

    @Proves(Row.REGISTER_NAME_MAY_CHANGE)
    void registerNameMayChange() throws Exception {
        try (Shop shop = cloud.paired()) {
            VirtualRegister renamed = shop.register().renamed("POSRegisterName", "Another name");
            PolledTransaction.start(renamed, 500).awaitCompleted(TIMEOUT);
            Map<String, String> nameless = renamed.purchase(500);
            nameless.remove("POSRegisterName");
            PolledTransaction.start(renamed, nameless).awaitCompleted(TIMEOUT);

            assertThat(renamed.pair(shop.pairingCode()).status()).isEqualTo(200);
            await().atMost(TIMEOUT).until(() -> shop.device().shownText().endsWith(": Another name"));
            PolledTransaction.start(shop.register(), 500).awaitCompleted(TIMEOUT);
        }
    }

    @Proves(Row.BUSINESS_RENAMED)
    void renamedBusinessHasToPairAgain() throws Exception {
        try (Shop shop = cloud.paired()) {
            VirtualRegister renamed = shop.register().renamed("POSBusinessName", "New Name");
            assertRefused(renamed.startPurchase(500), 400, NOT_PAIRED);

            pairsAndPays(renamed, shop.pairingCode());

            await().atMost(TIMEOUT)
                    .untilAsserted(() -> assertRefused(shop.register().startPurchase(500), 400, NOT_PAIRED));
        }
    }

    @Proves(Row.CONTACT)
    void contactDetailsMayBeSent() throws Exception {
        try (Shop shop = cloud.unpaired()) {
            Map<String, String> parameters = shop.register().names();
            parameters.put("Contact Name", "J\u00f6 O'Neil");
            parameters.put("Address", "1 Main St. #2 & 3");
            parameters.put("City", "Sydney");
            parameters.put("State", "NSW");
            parameters.put("ZipCode", "2000");
            parameters.put("Email", "jo+shop@example.com");
            parameters.put("Phone", "+61 2 5550 0000");

            Answer answer = shop.register().pair(shop.pairingCode(), parameters);

            assertThat(answer.text()).isEqualTo("{\"result\":\"success\"}");
            parameters.replaceAll((name, value) -> name.startsWith("POS") ? value : "");
            Answer empty = shop.register().pair(shop.pairingCode(), parameters);
            assertThat(empty.status()).as(empty.toString()).isEqualTo(200);
        }
    }

    private void assertMandatory(String name) throws Exception {
        try (Shop shop = cloud.unpaired()) {
            assertMandatory(shop.register(), shop.pairingCode(), name);
        }
    }

    /** The request is rejected if the parameter is absent or empty, and the code stays valid. */
    private static void assertMandatory(VirtualRegister register, String code, String name) {
        Map<String, String> without = register.names();
        without.remove(name);
        assertNames(register.pair(code, without), name);
        assertNames(register.renamed(name, "").pair(code), name);
        assertThat(register.pair(code).status()).isEqualTo(200);
    }

    private static void pairsAndPays(VirtualRegister register, String code) {
        Answer paired = register.pair(code);
        assertThat(paired.status()).as(paired.toString()).isEqualTo(200);
        Answer completed = PolledTransaction.start(register, 500).awaitCompleted(TIMEOUT);
        assertThat(completed.data("PosRegisterID")).isEqualTo(register.names().get("POSRegisterID"));
    }
}
