package dev.terminalcloud.systemtests.conformance;

import static dev.terminalcloud.systemtests.conformance.Expected.INVALID_CODE;
import static dev.terminalcloud.systemtests.conformance.Expected.assertError;
import static dev.terminalcloud.systemtests.conformance.Expected.assertRefused;
import static dev.terminalcloud.systemtests.conformance.Waits.NEVER_ANSWERED;
import static dev.terminalcloud.systemtests.conformance.Waits.TIMEOUT;
import static dev.terminalcloud.virtualregister.FormBody.encode;
import static org.assertj.core.api.Assertions.assertThat;

import dev.terminalcloud.systemtests.PolledTransaction;
import dev.terminalcloud.systemtests.Shop;
import dev.terminalcloud.virtualdevice.behaviour.Ending;
import dev.terminalcloud.virtualregister.Answer;
import dev.terminalcloud.virtualregister.VirtualRegister;
import java.io.IOException;
import java.net.InetAddress;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.stream.IntStream;
import org.junit.jupiter.api.MethodOrderer;
import org.junit.jupiter.api.Order;
import org.junit.jupiter.api.TestMethodOrder;
import org.junit.jupiter.api.parallel.Execution;
import org.junit.jupiter.api.parallel.ExecutionMode;

/** Section 8: clients that guess are stopped, and no others. Tests that may lock this address out run last. */
@Conformance
@Execution(ExecutionMode.SAME_THREAD)
@TestMethodOrder(MethodOrderer.OrderAnnotation.class)
@Order(Integer.MAX_VALUE)
class LimitsConformanceTest {
    private static final String WELL_FORMED = "00000000";
    private static final int PER_REGISTER = 5;
    private static final int PER_ADDRESS = 30;
    private static final int STARTS = 20;
    private static final Duration BETWEEN_STARTS = Duration.ofMillis(100);

    private final TargetSystem cloud;

    LimitsConformanceTest(TargetSystem cloud) {
        this.cloud = cloud;
    }

    @Proves(Row.TRANSACTIONS_PER_SECOND)
    void tenStartsASecondAreNotTooMany() throws Exception {
        try (Shop shop = cloud.paired()) {
            VirtualRegister register = shop.register();
            PolledTransaction payment = PolledTransaction.start(register, NEVER_ANSWERED);
            Waits.awaitRunning(shop, payment);

            List<CompletableFuture<Answer>> answers = IntStream.range(0, STARTS)
                    .mapToObj(start -> CompletableFuture.supplyAsync(
                            () -> register.startPurchase(500),
                            CompletableFuture.delayedExecutor(
                                    start * BETWEEN_STARTS.toMillis(), TimeUnit.MILLISECONDS)))
                    .toList();

            answers.forEach(answer -> assertRefused(answer.join(), 429, "device is busy"));
            shop.device().endPayment(Ending.APPROVE);
            payment.awaitCompleted(TIMEOUT);
        }
    }

    @Proves(Row.CODES_PER_REGISTER)
    @Order(1)
    void registerMayBeWrongFiveTimes() throws IOException {
        Optional<InetAddress> otherClient = cloud.otherClient();
        VirtualRegister register = cloud.register();
        for (int i = 0; i < PER_REGISTER; i++) {
            assertRefused(guesses(register, "", otherClient), 400, INVALID_CODE);
        }

        assertTooMany(guesses(register, "", otherClient));
        assertRefused(guesses(cloud.register(), "", otherClient), 400, INVALID_CODE);
    }

    @Proves(Row.FORGED_ADDRESS)
    @Order(2)
    void clientCannotChooseItsAddress() throws IOException {
        Optional<InetAddress> otherClient = cloud.otherClient();
        VirtualRegister register = cloud.register();
        for (int i = 0; i < PER_REGISTER; i++) {
            assertRefused(guesses(register, claimsToBe("203.0.113." + i), otherClient), 400, INVALID_CODE);
        }

        assertTooMany(guesses(register, claimsToBe("203.0.113.200"), otherClient));
    }

    @Proves(Row.CODES_PER_ADDRESS)
    @Order(3)
    void addressIsLimitedAcrossRegisters() throws IOException {
        Optional<InetAddress> otherClient = cloud.otherClient();
        int guesses = 0;
        Answer answer = guesses(cloud.register(), "", otherClient);
        while (answer.status() == 400 && guesses < 10 * PER_ADDRESS) {
            guesses++;
            answer = guesses(cloud.register(), "", otherClient);
        }

        // The limit depends on the pairings of the day; but there is one.
        assertThat(guesses).isBetween(PER_ADDRESS, 10 * PER_ADDRESS - 1);
        assertTooMany(answer);
    }

    private static Answer guesses(VirtualRegister register, String headers, Optional<InetAddress> from)
            throws IOException {
        return RawHttp.puts(register.url("Pairing/" + WELL_FORMED), encode(register.names()), headers, from);
    }

    private static String claimsToBe(String address) {
        return "X-Forwarded-For: %1$s\r\nX-Real-IP: %1$s\r\nForwarded: for=%1$s\r\n".formatted(address);
    }

    private static void assertTooMany(Answer answer) {
        assertError(answer, 429);
        assertThat(answer.header("Retry-After")).matches("[1-9][0-9]*");
    }
}
