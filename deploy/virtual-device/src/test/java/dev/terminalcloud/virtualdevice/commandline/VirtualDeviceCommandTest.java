package dev.terminalcloud.virtualdevice.commandline;

import static dev.terminalcloud.virtualdevice.TestTimeouts.await;
import static java.nio.charset.StandardCharsets.UTF_8;
import static java.util.concurrent.TimeUnit.SECONDS;
import static org.assertj.core.api.Assertions.assertThat;

import dev.terminalcloud.virtualdevice.FakeCloud;
import dev.terminalcloud.virtualdevice.TestTimeouts;
import io.vertx.core.json.JsonObject;
import java.io.IOException;
import java.io.Writer;
import java.lang.ProcessBuilder.Redirect;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Tests the command as a process of its own, as a person runs it, and as a power cut stops it. */
@Tag("slow")
class VirtualDeviceCommandTest {

    @TempDir
    private Path folder;

    private final FakeCloud cloud = FakeCloud.overTcp();
    private final UUID id = UUID.randomUUID();
    private Process process;

    @AfterEach
    void stop() {
        process.destroyForcibly().onExit().join();
        cloud.close();
    }

    private void start(String... options) throws IOException {
        List<String> command = new ArrayList<>(List.of(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-XX:+UseSerialGC",
                "-cp",
                System.getProperty("java.class.path"),
                VirtualDeviceCommand.class.getName(),
                "--id",
                "7000000001",
                "--secret",
                FakeCloud.SECRET,
                "--url",
                cloud.uri().toString(),
                "--payment-seconds",
                "0"));
        command.addAll(List.of(options));
        process = new ProcessBuilder(command)
                .redirectErrorStream(true)
                .redirectOutput(Redirect.appendTo(printedFile().toFile()))
                .start();
    }

    private Path printedFile() {
        return folder.resolve("printed");
    }

    private void awaitPrinted(String text) {
        await().untilAsserted(() -> assertThat(Files.readString(printedFile())).contains(text));
    }

    private void type(String line) throws IOException {
        Writer keyboard = process.outputWriter(UTF_8);
        keyboard.write(line + "\n");
        keyboard.flush();
    }

    private void awaitHello(int count) {
        await().until(() -> cloud.count("hello") == count);
    }

    private void grantedPurchase(long amountTotal) {
        cloud.offerPurchase(id, 1, amountTotal);
        cloud.awaitFirst("transaction-claim");
        cloud.send("start-granted", id);
    }

    @Test
    void printsItsCodeAndItsReceipt() throws Exception {
        start("--pair", "--surcharge", "25", "--tip", "100");
        await().until(() -> cloud.count("pairing-code-request") == 1);
        cloud.send(new JsonObject()
                .put("type", "pairing-code")
                .put("code", "12345678")
                .put("expiresInSeconds", 120));
        awaitPrinted("display  PAIRING CODE 12345678");

        grantedPurchase(500);

        awaitPrinted("display  PRESENT CARD");
        awaitPrinted("TOTAL                     6.25");
        type("quit");
        assertThat(process.waitFor(TestTimeouts.SECONDS, SECONDS)).isTrue();
        assertThat(process.exitValue()).isZero();
    }

    @Test
    void paymentWhoseCardWasReadIsNotCancelled() throws Exception {
        start("--ending", "ask");
        awaitHello(1);
        grantedPurchase(500);
        cloud.awaitFirst("transaction-progress");

        type("card");
        assertThat(cloud.awaitNth("transaction-progress", 2).getString("prompt"))
                .isEqualTo("PROCESSING");
        awaitPrinted("display  PROCESSING");
        cloud.send("cancel-transaction", id);
        cloud.awaitFirst("cancel-refused");
        type("approve");

        assertThat(cloud.awaitFirst("transaction-finished").getString("transactionResult"))
                .isEqualTo("OK-ACCEPTED");
    }

    @Test
    void operatorEndsThePayment() throws Exception {
        start("--ending", "ask");
        awaitHello(1);
        grantedPurchase(500);
        cloud.awaitFirst("transaction-progress");

        type("decline");

        assertThat(cloud.awaitFirst("transaction-finished").getString("transactionResult"))
                .isEqualTo("OK-DECLINED");
    }

    @Test
    void operatorUnplugsPowerAndNetwork() throws Exception {
        start();
        awaitHello(1);
        type("network off");
        type("network on");
        awaitHello(2);
        type("power off");
        type("power on");
        awaitHello(3);
        type("dance");
        awaitPrinted("unpair           end the pairing");
    }

    @Test
    void runningPaymentIsReversedAfterAKill() throws Exception {
        String journal = folder.resolve("journal").toString();
        start("--ending", "ask", "--journal", journal);
        awaitHello(1);
        grantedPurchase(500);
        cloud.awaitFirst("transaction-progress");
        process.destroyForcibly().onExit().join();

        start("--ending", "ask", "--journal", journal);

        assertThat(cloud.awaitFirst("transaction-finished").getString("transactionResult"))
                .isEqualTo("CANCELLED");
        cloud.send("start-granted", id);
        cloud.awaitNth("transaction-finished", 2);
        assertThat(cloud.count("transaction-progress")).isEqualTo(1);
    }

    @Test
    void twoProcessesCanNotShareAJournal() throws Exception {
        String journal = folder.resolve("journal").toString();
        start("--journal", journal);
        awaitHello(1);
        Process first = process;

        start("--journal", journal);

        assertThat(process.waitFor(TestTimeouts.SECONDS, SECONDS)).isTrue();
        awaitPrinted("Journal in use by another device: " + journal);
        first.destroyForcibly().onExit().join();
    }

    @ParameterizedTest
    @CsvSource({
        "--ending, win, Invalid value for option '--ending'",
        "--tip, -1, tip -1 must not be negative",
        "--journal, /dev/null/journal, Failed to open the journal /dev/null/journal"
    })
    void namesTheOptionThatIsWrong(String option, String value, String complaint) throws Exception {
        start(option, value);

        assertThat(process.waitFor(TestTimeouts.SECONDS, SECONDS)).isTrue();
        assertThat(process.exitValue()).isEqualTo(2);
        assertThat(Files.readString(printedFile())).contains(complaint).doesNotContain("\tat ");
    }
}
