package dev.terminalcloud.benchmark.cloud;

import dev.terminalcloud.benchmark.load.TransactionObserver;
import dev.terminalcloud.virtualdevice.protocol.CloudMessage;
import dev.terminalcloud.virtualdevice.protocol.DeviceMessage;
import dev.terminalcloud.virtualdevice.protocol.DeviceStatus;
import dev.terminalcloud.virtualdevice.protocol.ProtocolJson;
import io.netty.handler.codec.mqtt.MqttQoS;
import io.vertx.core.Future;
import io.vertx.core.Promise;
import io.vertx.core.Vertx;
import io.vertx.core.buffer.Buffer;
import io.vertx.mqtt.MqttClient;
import io.vertx.mqtt.MqttClientOptions;
import java.net.URI;
import java.util.UUID;

/**
 * A device that approves each purchase at once: claim, prompt and result. It uses less processor time than the virtual device, since it
 * shares two cores with the system that is measured, and it never reconnects.
 */
final class RateDevice {
    private static final int KEEP_ALIVE_SECONDS = 30;
    private static final int MAX_IN_FLIGHT = 64;
    private static final String PROMPT = "PRESENT CARD";

    private final MqttClient client;
    private final String id;
    private final URI connector;
    private final Promise<String> code = Promise.promise();
    private volatile Purchase current;
    private volatile CloudMessage.Offer claimed;
    private volatile DeviceMessage.Finished finished;
    private volatile int reportPacket;

    /**
     * The purchase that the register starts.
     *
     * @param cents its amount, by which the device recognises it: in synchronous mode the register does not know its id yet
     * @param reported completes when the cloud has acknowledged the result
     */
    private record Purchase(long cents, TransactionObserver observer, Promise<Void> reported) {}

    RateDevice(Vertx vertx, String id, String secret, URI connector) {
        this.id = id;
        this.connector = connector;
        this.client = MqttClient.create(
                vertx,
                new MqttClientOptions()
                        .setClientId(id)
                        .setUsername(id)
                        .setPassword(secret)
                        .setCleanSession(true)
                        .setKeepAliveInterval(KEEP_ALIVE_SECONDS)
                        .setMaxInflightQueue(MAX_IN_FLIGHT));
        this.client.publishHandler(
                message -> ProtocolJson.read(message.payload().getBytes()).ifPresent(this::handle));
        this.client.publishCompletionHandler(this::acknowledged);
        this.client.closeHandler(closed -> lose());
    }

    /** Connects the device; completes with a pairing code. */
    Future<String> requestPairingCode() {
        return client.connect(connector.getPort(), connector.getHost())
                .compose(connected ->
                        client.subscribe("devices/%s/commands".formatted(id), MqttQoS.AT_LEAST_ONCE.value()))
                .compose(subscribed -> send(new DeviceMessage.Hello("benchmark", "1", DeviceStatus.READY)))
                .compose(welcomed -> send(new DeviceMessage.RequestPairingCode()))
                .compose(requested -> code.future());
    }

    /**
     * Sets the next purchase.
     *
     * @return completes when the device has reported the result to the cloud
     */
    Future<Void> expect(long cents, TransactionObserver observer) {
        Purchase purchase = new Purchase(cents, observer, Promise.promise());
        current = purchase;
        return purchase.reported().future();
    }

    Future<Void> disconnect() {
        client.closeHandler(closed -> {});
        return client.disconnect();
    }

    private void handle(CloudMessage message) {
        if (message instanceof CloudMessage.ShowPairingCode shown) {
            code.tryComplete(shown.code());
        } else if (message instanceof CloudMessage.Offer offer) {
            claim(offer);
        } else if (message instanceof CloudMessage.StartGranted granted) {
            run(granted.transactionId());
        } else if (message instanceof CloudMessage.ReportTransaction request) {
            report(request.transactionId());
        } else if (message instanceof CloudMessage.Ping ping) {
            send(new DeviceMessage.Pong(ping.nonce()));
        }
    }

    private void claim(CloudMessage.Offer offer) {
        Purchase purchase = current;
        if (purchase != null && offer.amountTotal() != null && offer.amountTotal() == purchase.cents()) {
            purchase.observer().reachedDevice();
        }
        claimed = offer;
        send(new DeviceMessage.Claim(offer.transactionId()));
    }

    /** Runs a granted transaction. A grant that is delivered again is not of the claimed transaction. */
    private void run(UUID transactionId) {
        CloudMessage.Offer offer = claimed;
        if (offer == null || !offer.transactionId().equals(transactionId)) {
            return;
        }
        claimed = null;
        finished = new DeviceMessage.Finished(transactionId, ApprovedReport.of(offer));
        send(new DeviceMessage.Progress(transactionId, PROMPT));
        send(finished).onSuccess(packet -> reportPacket = packet);
    }

    private void acknowledged(int packet) {
        Purchase purchase = current;
        if (packet == reportPacket && purchase != null) {
            purchase.reported().tryComplete();
        }
    }

    private void report(UUID transactionId) {
        DeviceMessage.Finished last = finished;
        CloudMessage.Offer offer = claimed;
        if (last != null && last.transactionId().equals(transactionId)) {
            send(last);
        } else if (offer != null && offer.transactionId().equals(transactionId)) {
            send(new DeviceMessage.Claim(transactionId));
        } else {
            send(new DeviceMessage.NeverSeen(transactionId));
        }
    }

    private void lose() {
        code.tryFail("Device %s lost its connection".formatted(id));
        Purchase purchase = current;
        if (purchase != null) {
            purchase.observer().failed("Device %s lost its connection".formatted(id));
        }
    }

    /** Sends a message; one that is lost shows as a transaction without an end. Completes when it is written, before its PUBACK. */
    private Future<Integer> send(DeviceMessage message) {
        return client.publish(
                "devices/%s/events".formatted(id),
                Buffer.buffer(ProtocolJson.write(message)),
                MqttQoS.AT_LEAST_ONCE,
                false,
                false);
    }
}
