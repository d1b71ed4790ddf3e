package dev.terminalcloud.benchmark;

import dev.terminalcloud.virtualdevice.Activity;
import dev.terminalcloud.virtualdevice.Timing;
import dev.terminalcloud.virtualdevice.VirtualDevice;
import dev.terminalcloud.virtualdevice.behaviour.Behaviour;
import dev.terminalcloud.virtualdevice.behaviour.Ending;
import dev.terminalcloud.virtualdevice.behaviour.Misbehaviour;
import dev.terminalcloud.virtualdevice.protocol.CloudMessage.StartGranted;
import dev.terminalcloud.virtualregister.Answer;
import dev.terminalcloud.virtualregister.FormBody;
import dev.terminalcloud.virtualregister.PosClient;
import dev.terminalcloud.virtualregister.RegisterNames;
import dev.terminalcloud.virtualregister.VirtualRegister;
import java.io.IOException;
import java.net.URI;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.ScheduledExecutorService;

/** A register and its device, whose customer waits before paying. */
final class WaitingCustomer implements AutoCloseable {
    private static final long AMOUNT = 500;

    private final VirtualDevice device;
    private final RegisterNames names = RegisterNames.random("Benchmark", "Benchmark", "Benchmark");

    private volatile CompletableFuture<Void> waiting = new CompletableFuture<>();
    private volatile String polling;

    WaitingCustomer(SystemUnderTest cloud, int number, ScheduledExecutorService threads) {
        this.device = VirtualDevice.builder()
                .id(cloud.deviceId(number))
                .secret(cloud.secret())
                .cloud(cloud.devicesUrl())
                .timing(Timing.PROTOCOL)
                .behaviour(offer -> Behaviour.of(Ending.APPROVE).with(new Misbehaviour.NeverAnswer()))
                .scheduler(threads)
                .watcher(this::watch)
                .build();
    }

    /** Connects the device and pairs the register with it. */
    CompletableFuture<Void> open(PosClient client, URI url) {
        return device.start()
                .thenCompose(connected -> device.requestPairingCode())
                .thenCompose(code -> new VirtualRegister(client, url, names).pairAsync(code))
                .thenAccept(WaitingCustomer::requirePaired)
                .toCompletableFuture();
    }

    /** Begins another purchase: {@link #waiting} is about this one. */
    void begins() {
        waiting = new CompletableFuture<>();
    }

    /** Returns the body of its synchronous purchase. */
    String purchase() {
        Map<String, String> parameters = names.purchase(AMOUNT);
        parameters.remove("TransactionMode");
        return FormBody.encode(parameters);
    }

    /** Starts its purchase, which the register polls for, and completes when the device waits for the customer. */
    CompletableFuture<Void> starts(PosClient client, URI service) {
        return new VirtualRegister(client, service, names)
                .startAsync(names.purchase(AMOUNT))
                .thenAccept(this::takePollingUrl)
                .thenCompose(started -> waiting);
    }

    /** Returns path and query of its polling URL. */
    String polling() {
        return polling;
    }

    /** Returns a future that completes when the device waits for the customer: from then on only the customer delays the request. */
    CompletableFuture<Void> waiting() {
        return waiting;
    }

    private void takePollingUrl(Answer answer) {
        URI url = answer.pollingUrl();
        if (answer.status() != 200 || url.getRawQuery() == null) {
            throw new CompletionException(new IOException("Purchase was rejected: " + answer.text()));
        }
        polling = url.getRawPath() + "?" + url.getRawQuery();
    }

    void pays() {
        device.endPayment(Ending.APPROVE);
    }

    @Override
    public void close() {
        device.close();
    }

    private void watch(Activity activity) {
        if (activity instanceof Activity.Received received && received.message() instanceof StartGranted) {
            waiting.complete(null);
        }
    }

    private static void requirePaired(Answer answer) {
        if (answer.status() != 200) {
            throw new CompletionException(new IOException("Pairing was rejected: " + answer.text()));
        }
    }
}
