package dev.terminalcloud.systemtests.posapi;

import static java.util.concurrent.TimeUnit.SECONDS;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.terminalcloud.systemtests.LocalStack;
import dev.terminalcloud.systemtests.Shop;
import dev.terminalcloud.systemtests.posapi.PosApi.RequestExample;
import dev.terminalcloud.virtualdevice.VirtualDevice;
import dev.terminalcloud.virtualdevice.behaviour.Ending;
import dev.terminalcloud.virtualregister.PosRequests;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.concurrent.atomic.AtomicReference;

/** A register with the names of the document and its own id, and a device. */
record TestRegister(GatewayClient caller, Shop shop, String registerId, AtomicReference<String> token)
        implements AutoCloseable {
    static final String ORIGINAL = "OriginalTransactionId";

    private static final Duration TIMEOUT = Duration.ofSeconds(40);

    VirtualDevice device() {
        return shop.device();
    }

    String freshCode() throws Exception {
        return device().requestPairingCode().toCompletableFuture().get(30, SECONDS);
    }

    Reply pair(Form form, Map<String, String> parameters, String code) {
        Reply reply = form.send(caller, "PUT", "/POS/Pairing/" + code, parameters);
        reply.headers().firstValue(PosRequests.PAIRING_TOKEN).ifPresent(token::set);
        return reply;
    }

    /** Pairs the register with its device. */
    TestRegister paired() throws Exception {
        Reply reply = pair(Form.FORM, parametersOf("pair", "pairing"), freshCode());
        assertThat(reply.status()).as(reply.text()).isEqualTo(200);
        return this;
    }

    Reply start(Form form, Map<String, String> parameters) {
        return form.send(caller, "POST", "/POS/Transaction", parameters);
    }

    /** Starts a linked refund of the purchase instead of the one that the parameters name. */
    Reply refund(Form form, Map<String, String> parameters, Reply purchase) {
        Map<String, String> changed = new LinkedHashMap<>(parameters);
        changed.put(ORIGINAL, purchase.body().path("transactionId").asText());
        return form.send(caller.withToken(token.get()), "POST", "/POS/Transaction", changed);
    }

    /** Starts with a pairing token. */
    Reply startWithToken(Map<String, String> parameters, String pairingToken) {
        return Form.FORM.send(caller.withToken(pairingToken), "POST", "/POS/Transaction", parameters);
    }

    /** Starts with an Idempotency-Key. */
    Reply startWithKey(Map<String, String> parameters, String key) {
        return Form.FORM.send(caller.withKey(key), "POST", "/POS/Transaction", parameters);
    }

    /** Unpairs with this token. */
    Reply unpair(Form form, Map<String, String> parameters, String pairingToken) {
        return form.send(caller.withToken(pairingToken), "DELETE", "/POS/Pairing", parameters);
    }

    /** Lists its transactions. */
    Reply list() {
        return Form.QUERY.send(
                caller.withToken(token.get()), "GET", "/POS/Transaction", parametersOf("unpair", "unpairing"));
    }

    /** Asks for the state of its device. */
    Reply presence() {
        return Form.QUERY.send(
                caller.withToken(token.get()), "GET", "/POS/Device", parametersOf("unpair", "unpairing"));
    }

    /** Probes its device. */
    Reply probe() {
        return Form.QUERY.send(
                caller.withToken(token.get()), "GET", "/POS/Device", with("unpair", "unpairing", "probe", "true"));
    }

    Reply poll(Reply started) {
        return caller.get(started.pollingUrl());
    }

    /** Returns the parameters of this example, with the names of this register. */
    Map<String, String> parametersOf(String operation, String example) {
        Map<String, String> parameters = PosApi.COMMITTED.requestExamples().stream()
                .filter(candidate -> candidate.operation().equals(operation))
                .filter(candidate -> candidate.name().equals(example))
                .map(RequestExample::parameters)
                .findFirst()
                .map(LinkedHashMap::new)
                .orElseThrow();
        return withItsNames(parameters);
    }

    Map<String, String> withItsNames(Map<String, String> parameters) {
        Map<String, String> changed = new LinkedHashMap<>(parameters);
        changed.put("POSRegisterID", registerId);
        return changed;
    }

    /** Returns the example with one parameter changed. */
    Map<String, String> with(String operation, String example, String name, String value) {
        Map<String, String> parameters = parametersOf(operation, example);
        parameters.put(name, value);
        return parameters;
    }

    /** Polls until the transaction has ended. */
    Reply ended(Reply started) {
        assertThat(started.status()).as(started.text()).isEqualTo(200);
        return await().atMost(TIMEOUT).until(() -> poll(started), Reply::isCompleted);
    }

    Reply cancel(Reply started) {
        return caller.cancel(started.pollingUrl());
    }

    /** Polls the started transaction until its token has expired. */
    Reply expired(Reply started) {
        await().atMost(LocalStack.TOKEN_LIFETIME.plus(TIMEOUT))
                .until(() -> poll(started).status() == 401);
        return started;
    }

    /** Ends a payment that the customer has not ended, so that the device is free for the next register. */
    void finish(Reply started) {
        device().endPayment(Ending.APPROVE);
        ended(started);
    }

    @Override
    public void close() {
        shop.close();
    }
}
