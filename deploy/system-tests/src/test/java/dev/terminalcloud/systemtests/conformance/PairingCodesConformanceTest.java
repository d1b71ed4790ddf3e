package dev.terminalcloud.systemtests.conformance;

import static dev.terminalcloud.systemtests.conformance.Expected.INVALID_CODE;
import static dev.terminalcloud.systemtests.conformance.Expected.assertRefused;
import static org.assertj.core.api.Assertions.assertThat;

import dev.terminalcloud.systemtests.Shop;
import dev.terminalcloud.virtualregister.Answer;
import dev.terminalcloud.virtualregister.VirtualRegister;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.CompletableFuture;
import java.util.stream.IntStream;
import org.junit.jupiter.api.parallel.ResourceLock;

/** Section 2: codes. */
@Conformance
class PairingCodesConformanceTest {
    private static final int CODES = 4;
    private static final int COMPETITORS = 6;

    private final TargetSystem cloud;

    PairingCodesConformanceTest(TargetSystem cloud) {
        this.cloud = cloud;
    }

    @Proves(Row.PAIRED)
    void goodCodePairs() throws Exception {
        try (Shop shop = cloud.unpaired()) {
            Answer answer = shop.register().pair(shop.pairingCode());

            assertThat(answer.status()).isEqualTo(200);
            Expected.assertJson(answer);
            assertThat(answer.text()).isEqualTo("{\"result\":\"success\"}");
        }
    }

    @Proves(Row.WRONG_CODE)
    void wrongCodeIsRefused() {
        for (String code : List.of("0000", "123456789", "abcdefgh", "1234%20678")) {
            assertRefused(cloud.register().pair(code), 400, INVALID_CODE);
        }
    }

    @Proves(Row.USED_CODE)
    void usedCodeIsRefused() throws Exception {
        try (Shop shop = cloud.unpaired()) {
            String code = shop.pairingCode();
            assertThat(shop.register().pair(code).status()).isEqualTo(200);

            assertRefused(cloud.register().pair(code), 400, INVALID_CODE);
            VirtualRegister otherVendor = shop.register().renamed("POSVendorName", "Other Vendor");
            assertRefused(otherVendor.pair(code), 400, INVALID_CODE);
        }
    }

    @Proves(Row.CODE_FORM)
    @ResourceLock(TargetSystem.SECOND_DEVICE)
    void codesHave8DigitsAndDiffer() throws Exception {
        cloud.requireDevices(2);
        try (Shop shop = cloud.unpaired();
                Shop other = cloud.unpaired()) {
            Set<String> codes = new TreeSet<>();
            for (int i = 0; i < CODES; i++) {
                codes.add(shop.pairingCode());
                codes.add(other.pairingCode());
            }

            assertThat(codes).hasSize(2 * CODES).allMatch(code -> code.matches("[0-9]{8}"));
        }
    }

    @Proves(Row.FRESH_CODE)
    void freshCodeReplacesTheOlder() throws Exception {
        try (Shop shop = cloud.unpaired()) {
            String older = shop.pairingCode();
            String fresh = shop.pairingCode();

            assertThat(fresh).isNotEqualTo(older);
            assertRefused(shop.register().pair(older), 400, INVALID_CODE);
            assertThat(shop.register().pair(fresh).status()).isEqualTo(200);
        }
    }

    @Proves(Row.CLAIMED_ONCE)
    void oneOfManyGetsTheCode() throws Exception {
        try (Shop shop = cloud.unpaired()) {
            String code = shop.pairingCode();
            List<CompletableFuture<Answer>> competitors = IntStream.range(0, COMPETITORS)
                    .mapToObj(competitor -> cloud.register())
                    .map(register -> CompletableFuture.supplyAsync(() -> register.pair(code)))
                    .toList();

            List<Answer> answers =
                    competitors.stream().map(CompletableFuture::join).toList();

            assertThat(answers).filteredOn(answer -> answer.status() == 200).hasSize(1);
            answers.stream()
                    .filter(answer -> answer.status() != 200)
                    .forEach(answer -> assertRefused(answer, 400, INVALID_CODE));
        }
    }

    @Proves(Row.CLAIM_REPEATED)
    void sameRegisterMayClaimAgain() throws Exception {
        try (Shop shop = cloud.unpaired()) {
            String code = shop.pairingCode();
            for (int i = 0; i < CODES; i++) {
                Answer answer = shop.register().pair(code);
                assertThat(answer.status()).as(answer.toString()).isEqualTo(200);
                assertThat(answer.text()).isEqualTo("{\"result\":\"success\"}");
            }
            Expected.assertStarted(shop.register().startPurchase(500));
        }
    }

    @Proves(Row.PAIRING_TOKEN)
    void eachPairingHasATokenOfItsOwn() throws Exception {
        try (Shop shop = cloud.unpaired()) {
            Set<String> tokens = new TreeSet<>();
            for (int i = 0; i < CODES; i++) {
                tokens.add(shop.register().pair(shop.pairingCode()).header("Pairing-Token"));
            }

            // 256 bits are 43 characters of base64, or 64 of hexadecimal.
            assertThat(tokens).hasSize(CODES).allMatch(token -> token.length() >= 43);
        }
    }
}
