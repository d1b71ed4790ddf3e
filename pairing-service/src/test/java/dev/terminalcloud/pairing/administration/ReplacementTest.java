package dev.terminalcloud.pairing.administration;

import static org.assertj.core.api.Assertions.assertThat;

import dev.terminalcloud.events.DeviceCommand.TellPaired;
import dev.terminalcloud.events.DeviceCommand.TellUnpaired;
import dev.terminalcloud.events.DeviceLifecycleEvent.DevicePaired;
import dev.terminalcloud.events.DeviceLifecycleEvent.DeviceReplaced;
import dev.terminalcloud.events.DeviceLifecycleEvent.DeviceRevoked;
import dev.terminalcloud.events.DeviceLifecycleEvent.DeviceUnpaired;
import dev.terminalcloud.events.PairingEvent.RegisterUnpaired;
import dev.terminalcloud.pairing.Database;
import dev.terminalcloud.pairing.FakeDevice;
import dev.terminalcloud.pairing.FakeRegister;
import dev.terminalcloud.pairing.FakeTransactionService;
import dev.terminalcloud.pairing.TestFixtures;
import io.quarkus.test.junit.QuarkusTest;
import jakarta.inject.Inject;
import java.net.http.HttpResponse;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.function.Supplier;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.RepeatedTest;
import org.junit.jupiter.api.Test;

/** Changes of pairings by operators: replacing a device, and unpairing it. */
@QuarkusTest
class ReplacementTest {
    private final ExecutorService threads = Executors.newCachedThreadPool();

    @Inject
    TestFixtures world;

    @Inject
    FakeTransactionService transactionService;

    @Inject
    Database database;

    @AfterEach
    void end() {
        threads.shutdownNow();
    }

    @Test
    void replacementGetsTheRegisterAndBothDevicesAreNotified() {
        FakeDevice previous = world.device().hello();
        FakeDevice next = world.device().hello();
        FakeRegister register = paired(previous);

        HttpResponse<String> answer = replace(previous, next, "");

        assertThat(answer.statusCode()).as(answer.body()).isEqualTo(200);
        assertThat(answer.body()).isEqualTo("{\"deviceId\":\"%s\",\"outcome\":\"DONE\"}".formatted(previous.id()));
        assertThat(register.event(2)).isEqualTo(register.pairedWith(next, 2, 1));
        assertThat(next.command(1, TellPaired.class))
                .isEqualTo(new TellPaired(next.id(), next.session(), 1, register.business(), register.name()));
        assertThat(previous.command(2, TellUnpaired.class))
                .isEqualTo(new TellUnpaired(previous.id(), previous.session(), 2));
        assertThat(previous.lifecycle(4))
                .endsWith(new DeviceReplaced(previous.id(), 4, 2, register.vendor(), register.id(), next.id()));
        assertThat(next.lifecycle(3))
                .endsWith(new DevicePaired(
                        next.id(),
                        3,
                        1,
                        register.vendor(),
                        register.id(),
                        register.business(),
                        register.name(),
                        previous.id()));
    }

    @Test
    void replacementIsAnsweredOnceItIsConfirmed() {
        FakeDevice previous = world.device().hello();
        FakeDevice next = world.device().hello();
        FakeRegister register = paired(previous);

        CompletableFuture<HttpResponse<String>> answer = transactionService.whileSuspended(() -> {
            CompletableFuture<HttpResponse<String>> asked =
                    CompletableFuture.supplyAsync(() -> replace(previous, next, ""), threads);
            register.event(2);
            next.command(1, TellPaired.class);
            assertThat(asked).isNotDone();
            return asked;
        });

        assertThat(answer.join().statusCode()).isEqualTo(200);
    }

    @Test
    void unconfirmedUnpairingIsMadeAndAnsweredWith503() {
        FakeDevice device = world.device().hello();
        FakeRegister register = paired(device);

        HttpResponse<String> answer = transactionService.whileSuspended(
                () -> world.ask("DELETE", "/admin/devices/" + device.id() + "/pairing", null));

        assertThat(answer.statusCode()).isEqualTo(503);
        assertThat(answer.body()).contains("The change is made, but transaction-service has not confirmed it yet");
        assertThat(register.event(2))
                .isEqualTo(new RegisterUnpaired(register.vendor(), register.id(), 2, device.id(), 2));
        assertThat(device.command(2, TellUnpaired.class).pairingNumber()).isEqualTo(2);
    }

    @Test
    void registerKeepsItsPairingToken() {
        FakeDevice previous = world.device().hello();
        FakeDevice next = world.device();
        FakeRegister register = paired(previous);
        List<Object> before = tokenOf(register);

        replace(previous, next, "");

        assertThat(tokenOf(register)).isEqualTo(before).doesNotContainNull();
    }

    @Test
    void replacedDeviceIsRevokedOnlyIfThatIsAskedFor() {
        FakeDevice previous = world.device().hello();
        FakeDevice next = world.device().hello();
        FakeDevice last = world.device().hello();
        paired(previous);

        replace(previous, next, ",\"revoke\":true");
        replace(next, last, ",\"revoke\":false");

        assertThat(previous.lifecycle(5)).endsWith(new DeviceRevoked(previous.id(), 5));
        assertThat(revoked(previous)).isTrue();
        assertThat(revoked(next)).isFalse();
    }

    @Test
    void stolenDeviceThatWasRevokedBeforeCanBeReplaced() {
        FakeDevice previous = world.device().hello();
        FakeDevice next = world.device().hello();
        FakeRegister register = paired(previous);
        world.ask("PUT", "/admin/devices/" + previous.id() + "/revocation", null);

        assertThat(replace(previous, next, ",\"revoke\":true").statusCode()).isEqualTo(200);
        assertThat(register.event(2).deviceId()).isEqualTo(next.id());
    }

    @Test
    void deviceThatHasNoRegisterHasNothingToHandOver() {
        FakeDevice previous = world.device();
        FakeDevice next = world.device();

        HttpResponse<String> answer = replace(previous, next, ",\"revoke\":true");

        assertThat(answer.statusCode()).isEqualTo(409);
        assertThat(answer.body()).isEqualTo("{\"error\":\"Device %s is not paired\"}".formatted(previous.id()));
        assertThat(revoked(previous)).as("a refusal changes nothing").isFalse();
    }

    @Test
    void replacementThatHasARegisterKeepsIt() {
        FakeDevice previous = world.device().hello();
        FakeDevice next = world.device().hello();
        FakeRegister register = paired(previous);
        FakeRegister other = paired(next);

        HttpResponse<String> answer = replace(previous, next, "");

        assertThat(answer.statusCode()).isEqualTo(409);
        assertThat(answer.body())
                .isEqualTo("{\"error\":\"Device %s is paired with register %s of vendor %s. Unpair it first\"}"
                        .formatted(next.id(), other.id(), other.vendor()));
        assertThat(deviceOf(register)).isEqualTo(previous.id());
    }

    @Test
    void replacementThatIsRevokedIsRefused() {
        FakeDevice previous = world.device().hello();
        FakeDevice next = world.device();
        paired(previous);
        world.ask("PUT", "/admin/devices/" + next.id() + "/revocation", null);

        HttpResponse<String> answer = replace(previous, next, "");

        assertThat(answer.statusCode()).isEqualTo(409);
        assertThat(answer.body()).isEqualTo("{\"error\":\"Device %s is revoked\"}".formatted(next.id()));
    }

    @Test
    void codeOfThePreviousDeviceCannotBeClaimedAgain() {
        FakeDevice previous = world.device().hello();
        FakeDevice next = world.device().hello();
        FakeRegister register = world.register();
        String code = previous.freshCode();
        register.pair(code);
        replace(previous, next, "");

        assertThat(register.pair(code).statusCode()).isEqualTo(400);
        assertThat(deviceOf(register)).isEqualTo(next.id());
    }

    @Test
    void operatorEndsAPairing() {
        FakeDevice device = world.device().hello();
        FakeRegister register = paired(device);

        HttpResponse<String> other = unpair(device, "?pairingNumber=7");
        HttpResponse<String> answer = unpair(device, "?pairingNumber=1");
        HttpResponse<String> again = unpair(device, "");

        assertThat(other.statusCode()).isEqualTo(409);
        assertThat(other.body())
                .isEqualTo("{\"error\":\"pairingNumber of device %s is 1, not 7\"}".formatted(device.id()));
        assertThat(answer.statusCode()).isEqualTo(200);
        assertThat(again.statusCode()).isEqualTo(409);
        assertThat(register.event(2))
                .isEqualTo(new RegisterUnpaired(register.vendor(), register.id(), 2, device.id(), 2));
        assertThat(device.command(2, TellUnpaired.class).pairingNumber()).isEqualTo(2);
        assertThat(device.lifecycle(4))
                .endsWith(new DeviceUnpaired(device.id(), 4, 2, register.vendor(), register.id()));
    }

    /** In either order the register ends with the device whose code it claims, and no change is half done. */
    @RepeatedTest(5)
    void replacementAndAPairingOfTheSameRegisterAtOnceLeaveItWithOneDevice() {
        FakeDevice previous = world.device().hello();
        FakeDevice next = world.device().hello();
        FakeDevice third = world.device().hello();
        FakeRegister register = paired(previous);
        String code = third.freshCode();

        List<HttpResponse<String>> answers =
                atOnce(List.of(() -> replace(previous, next, ""), () -> register.pair(code)));

        assertThat(answers.get(1).statusCode()).isEqualTo(200);
        assertThat(answers.get(0).statusCode()).isIn(200, 409);
        assertThat(deviceOf(register)).isEqualTo(third.id());
        boolean replaced = answers.get(0).statusCode() == 200;
        assertThat(numberOf(previous)).isEqualTo(2);
        assertThat(numberOf(next)).isEqualTo(replaced ? 2 : 0);
        assertThat(numberOf(third)).isEqualTo(1);
        assertThat(register.event(replaced ? 3 : 2).deviceId()).isEqualTo(third.id());
    }

    /** The replacement is being paired with another register: the later of the two finds it paired, or takes it over. */
    @RepeatedTest(5)
    void replacementThatIsPairedAtTheSameTimeHasOneRegister() {
        FakeDevice previous = world.device().hello();
        FakeDevice next = world.device().hello();
        FakeRegister register = paired(previous);
        FakeRegister other = world.register();
        String code = next.freshCode();

        List<HttpResponse<String>> answers = atOnce(List.of(() -> replace(previous, next, ""), () -> other.pair(code)));

        assertThat(answers.get(1).statusCode()).isEqualTo(200);
        assertThat(deviceOf(other)).isEqualTo(next.id());
        assertThat(deviceOf(register)).isEqualTo(answers.get(0).statusCode() == 200 ? null : previous.id());
    }

    @RepeatedTest(5)
    void twoOperatorsWhoReplaceTheSameDeviceAtOnceDoItOnce() {
        FakeDevice previous = world.device().hello();
        FakeDevice one = world.device().hello();
        FakeDevice other = world.device().hello();
        FakeRegister register = paired(previous);

        List<HttpResponse<String>> answers =
                atOnce(List.of(() -> replace(previous, one, ""), () -> replace(previous, other, "")));

        assertThat(answers).extracting(HttpResponse::statusCode).containsExactlyInAnyOrder(200, 409);
        FakeDevice winner = answers.get(0).statusCode() == 200 ? one : other;
        assertThat(deviceOf(register)).isEqualTo(winner.id());
        assertThat(numberOf(previous)).isEqualTo(2);
    }

    /** Each locks a device that the other has locked: without one order of locks they would deadlock. */
    @RepeatedTest(5)
    void devicesThatReplaceEachOtherAtOnceDoNotDeadlock() {
        FakeDevice one = world.device().hello();
        FakeDevice other = world.device().hello();
        FakeRegister register = paired(one);

        List<HttpResponse<String>> answers =
                atOnce(List.of(() -> replace(one, other, ""), () -> replace(other, one, "")));

        assertThat(answers.get(0).statusCode()).isEqualTo(200);
        assertThat(answers.get(1).statusCode()).isIn(200, 409);
        assertThat(deviceOf(register)).isEqualTo(answers.get(1).statusCode() == 200 ? one.id() : other.id());
    }

    private FakeRegister paired(FakeDevice device) {
        FakeRegister register = world.register();
        assertThat(register.pair(device.freshCode()).statusCode()).isEqualTo(200);
        return register;
    }

    private HttpResponse<String> replace(FakeDevice previous, FakeDevice next, String more) {
        return world.ask(
                "POST",
                "/admin/devices/" + previous.id() + "/replacement",
                "{\"replacementDeviceId\":\"%s\"%s}".formatted(next.id(), more));
    }

    private HttpResponse<String> unpair(FakeDevice device, String query) {
        return world.ask("DELETE", "/admin/devices/" + device.id() + "/pairing" + query, null);
    }

    private List<HttpResponse<String>> atOnce(List<Supplier<HttpResponse<String>>> requests) {
        List<CompletableFuture<HttpResponse<String>>> answers = new ArrayList<>();
        requests.forEach(request -> answers.add(CompletableFuture.supplyAsync(request, threads)));
        return answers.stream().map(CompletableFuture::join).toList();
    }

    private Object deviceOf(FakeRegister register) {
        return database.query("select device_id from register where register_id = ?", register.id())
                .get(0);
    }

    private List<Object> tokenOf(FakeRegister register) {
        return database.query("select pairing_token_hash from register where register_id = ?", register.id());
    }

    private long numberOf(FakeDevice device) {
        return database.count("select pairing_number from device where device_id = ?", device.id());
    }

    private boolean revoked(FakeDevice device) {
        return database.count("select count(*) from device where device_id = ? and revoked_at is not null", device.id())
                == 1;
    }
}
