package dev.terminalcloud.transaction;

import static dev.terminalcloud.transaction.FakeDevice.approved;
import static dev.terminalcloud.transaction.TestFixtures.awaitTrue;
import static org.assertj.core.api.Assertions.assertThat;

import dev.terminalcloud.embedded.test.TestInfrastructure;
import dev.terminalcloud.events.DeviceCommand.GrantStart;
import dev.terminalcloud.events.DeviceCommand.RefuseStart;
import dev.terminalcloud.events.DeviceCommand.ReportTransaction;
import dev.terminalcloud.events.Event;
import dev.terminalcloud.events.PairingConfirmation.PairingConfirmed;
import dev.terminalcloud.events.PairingEvent.RegisterPaired;
import dev.terminalcloud.events.RefusalReason;
import dev.terminalcloud.events.Topic;
import dev.terminalcloud.virtualregister.Answer;
import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.common.ResourceArg;
import io.quarkus.test.junit.QuarkusTest;
import jakarta.inject.Inject;
import java.util.List;
import java.util.function.BiConsumer;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** Pairings count from their confirmation on, and no claim is granted under one that has ended. */
@QuarkusTest
@QuarkusTestResource(
        value = TestInfrastructure.class,
        initArgs = @ResourceArg(name = TestInfrastructure.SERVICE, value = "transaction"))
class EndedPairingTest {
    @Inject
    TestFixtures shop;

    @Inject
    KafkaTestClient kafkaClient;

    /** Reasons for the end of the first pairing of a register and its device. */
    enum Ending {
        OTHER_DEVICE,
        OTHER_REGISTER,
        UNPAIRED,
        PAIRED_AGAIN
    }

    @Test
    void appliedEventIsConfirmed() {
        FakeRegister register = shop.register();
        FakeDevice device = shop.device().pairedWith(register, 1, 4);

        awaitConfirmations(register, 1);

        assertThat(confirmationsOf(register))
                .containsExactly(new PairingConfirmed(register.vendor(), register.id(), 1, device.id(), 4));
        assertThat(register.pays(500).data("DeviceID")).isEqualTo(device.id());
    }

    @Test
    void staleAndRepeatedEventsAreConfirmedToo() {
        FakeRegister register = shop.register();
        FakeDevice previous = shop.device();
        FakeDevice device = shop.device();
        device.pairedWith(register, 2, 1);
        previous.pairedWith(register, 1, 1);
        device.pairedWith(register, 2, 1);

        awaitConfirmations(register, 3);

        assertThat(confirmationsOf(register))
                .extracting(PairingConfirmed::version)
                .containsExactly(2L, 1L, 2L);
        assertThat(register.pays(500).data("DeviceID")).isEqualTo(device.id());
    }

    @Test
    void unpairedRegisterIsNotPairedFromTheConfirmationOn() {
        FakeRegister register = shop.register();
        FakeDevice device = shop.deviceOf(register);

        end(Ending.UNPAIRED, register, device);

        assertNotPaired(register.pays(500));
    }

    /** The confirmation of the new pairing is enough: the event that unpairs the old register may come later. */
    @Test
    void registerWhoseDeviceAnotherRegisterHasTakenIsNotPaired() {
        FakeRegister register = shop.register();
        FakeDevice device = shop.deviceOf(register);

        end(Ending.OTHER_REGISTER, register, device);

        assertNotPaired(register.pays(500));
    }

    @ParameterizedTest
    @EnumSource(Ending.class)
    void claimOfAQueuedTransactionIsRefused(Ending ending) {
        FakeRegister register = shop.register();
        FakeDevice device = shop.deviceOf(register);
        Answer started = register.pays(500);
        end(ending, register, device);

        device.claims(started.transactionId());

        awaitRefusals(device, started, 1);
        assertNeverRan(register.awaitsEnd(started));
        assertThat(device.commands(GrantStart.class, grant -> true)).isEmpty();
    }

    @ParameterizedTest
    @EnumSource(Ending.class)
    void repeatedClaimOfAStartedTransactionIsRefusedAndTheDeviceIsAsked(Ending ending) {
        FakeRegister register = shop.register();
        FakeDevice device = shop.deviceOf(register);
        Answer started = register.pays(500);
        device.starts(started.transactionId());
        end(ending, register, device);

        device.claims(started.transactionId());

        awaitRefusals(device, started, 1);
        device.awaitCommand(
                ReportTransaction.class, report -> report.transactionId().equals(started.transactionId()));
        assertThat(device.commands(GrantStart.class, grant -> true)).hasSize(1);
        assertThat(register.polls(started).body().path("transactionStatus").asText())
                .isEqualTo("PENDING");

        device.refuses(started.transactionId(), RefusalReason.NO_GRANT);
        assertNeverRan(register.awaitsEnd(started));
    }

    @Test
    void transactionWhoseGrantHasArrivedEndsAsItsDeviceReports() {
        FakeRegister register = shop.register();
        FakeDevice device = shop.deviceOf(register);
        Answer started = register.pays(500);
        device.starts(started.transactionId());
        end(Ending.OTHER_DEVICE, register, device);

        device.claims(started.transactionId());
        device.finishes(started.transactionId(), approved(500));

        assertThat(register.awaitsEnd(started).data("TransactionResult")).isEqualTo("OK-ACCEPTED");
    }

    @Test
    void claimOfACompletedTransactionIsRefused() {
        FakeRegister register = shop.register();
        FakeDevice device = shop.deviceOf(register);
        Answer started = register.pays(500);
        end(Ending.OTHER_DEVICE, register, device);
        device.claims(started.transactionId());
        Answer completed = register.awaitsEnd(started);

        device.claims(started.transactionId());

        awaitRefusals(device, started, 2);
        assertThat(register.polls(started).body()).isEqualTo(completed.body());
    }

    @Test
    void renamedBusinessDoesNotEndThePairing() {
        FakeRegister register = shop.register();
        FakeDevice device = shop.deviceOf(register);
        Answer started = register.pays(500);
        send(new RegisterPaired(register.vendor(), register.id(), 2, "Renamed", "Till", device.id(), 1, null));
        awaitConfirmations(register, 2);

        device.starts(started.transactionId());

        assertThat(device.commands(RefuseStart.class, refusal -> true)).isEmpty();
    }

    /** Claims and pairing events that are applied at the same time wait for each other, and never in a circle. */
    @Test
    void claimsAndPairingEventsMayCross() {
        List<FakeRegister> registers = Stream.generate(shop::register).limit(20).toList();
        List<FakeDevice> devices = registers.stream().map(shop::deviceOf).toList();
        List<Answer> started =
                registers.stream().map(register -> register.pays(500)).toList();
        forEach(devices, started, (device, answer) -> device.claims(answer.transactionId()));
        for (int i = registers.size() - 1; i >= 0; i--) {
            devices.get(i).unpairedFrom(registers.get(i), 2, 2);
            devices.get(i).claims(started.get(i).transactionId());
        }

        registers.forEach(register -> awaitConfirmations(register, 2));
        forEach(devices, started, (device, answer) -> {
            device.claims(answer.transactionId());
            awaitRefusals(device, answer, 1);
        });
    }

    private static <A, B> void forEach(List<A> left, List<B> right, BiConsumer<A, B> action) {
        for (int i = 0; i < left.size(); i++) {
            action.accept(left.get(i), right.get(i));
        }
    }

    private void end(Ending ending, FakeRegister register, FakeDevice device) {
        switch (ending) {
            case OTHER_DEVICE -> {
                shop.device().pairedWith(register, 2, 1);
                awaitConfirmations(register, 2);
            }
            case OTHER_REGISTER -> {
                FakeRegister other = shop.register();
                device.pairedWith(other, 1, 2);
                awaitConfirmations(other, 1);
            }
            case UNPAIRED -> {
                device.unpairedFrom(register, 2, 2);
                awaitConfirmations(register, 2);
            }
            case PAIRED_AGAIN -> {
                device.pairedWith(register, 2, 2);
                awaitConfirmations(register, 2);
            }
        }
    }

    private void send(Event event) {
        kafkaClient.send(Topic.PAIRING_EVENTS, event);
    }

    private void awaitConfirmations(FakeRegister register, int count) {
        awaitTrue(() -> confirmationsOf(register).size() >= count);
    }

    private List<PairingConfirmed> confirmationsOf(FakeRegister register) {
        return kafkaClient.events(PairingConfirmed.class).stream()
                .filter(confirmed -> confirmed.registerId().equals(register.id()))
                .toList();
    }

    private static void awaitRefusals(FakeDevice device, Answer started, int count) {
        awaitTrue(() -> device.commands(RefuseStart.class, refusal -> refusal.transactionId()
                                .equals(started.transactionId()))
                        .size()
                >= count);
    }

    private static void assertNeverRan(Answer polled) {
        assertThat(polled.data("TransactionResult")).isEqualTo("CANCELLED");
        assertThat(polled.data("Result")).isEqualTo("FAILED-INTERFACE");
    }

    private static void assertNotPaired(Answer answer) {
        assertThat(answer.status()).isEqualTo(400);
        assertThat(answer.error()).isEqualTo("This register is not paired to a device, please pair it first.");
    }
}
