package dev.terminalcloud.virtualregister;

import java.net.URI;
import java.net.http.HttpRequest;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.atomic.AtomicReference;

/**
 * A register made of software: its names, the token of its newest pairing, and its requests. A missing response is an
 * {@link java.io.UncheckedIOException}. Thread-safe.
 */
public final class VirtualRegister {
    private final PosClient client;
    private final PosRequests requests;
    private final RegisterNames names;
    private final boolean sendsToken;
    private final AtomicReference<String> pairingToken;

    private VirtualRegister(
            PosClient client,
            PosRequests requests,
            RegisterNames names,
            boolean sendsToken,
            AtomicReference<String> pairingToken) {
        this.client = client;
        this.requests = requests;
        this.names = names;
        this.sendsToken = sendsToken;
        this.pairingToken = pairingToken;
    }

    /** Creates a register that has never been paired. */
    public VirtualRegister(PosClient client, URI publicUrl, RegisterNames names) {
        this(client, new PosRequests(publicUrl), names, false, new AtomicReference<>());
    }

    /** Returns the same register with another name: {@code POSRegisterID}, {@code POSBusinessName} and so on. */
    public VirtualRegister renamed(String parameter, String value) {
        return new VirtualRegister(client, requests, names.with(parameter, value), sendsToken, pairingToken);
    }

    /** Returns the same register of this vendor, which sends its pairing token with each request. */
    public VirtualRegister ofStrictVendor(String vendor) {
        return new VirtualRegister(client, requests, names.with("POSVendorName", vendor), true, pairingToken);
    }

    /** Returns the token of its newest pairing; null if it was never paired. */
    public String pairingToken() {
        return pairingToken.get();
    }

    public String businessName() {
        return names.businessName();
    }

    public String registerName() {
        return names.registerName();
    }

    /** Returns its names as parameters; the caller may change them. */
    public Map<String, String> names() {
        return names.copy();
    }

    /** Returns the requests to its cloud. */
    public PosRequests requests() {
        return requests;
    }

    /** Returns an address below {@code /POS}, or below the public address if the path begins with a slash. */
    public URI url(String path) {
        return requests.url(path);
    }

    public Answer pair(String code) {
        return pair(code, names());
    }

    public Answer pair(String code, Map<String, String> parameters) {
        return send(requests.pair(code, parameters));
    }

    /** Pairs without waiting for the response. */
    public CompletableFuture<Answer> pairAsync(String code) {
        return sendAsync(requests.pair(code, names()));
    }

    /** Ends its pairing, with this token. */
    public Answer unpair(String token) {
        return send(requests.unpair(names(), token));
    }

    /** Starts {@code Card.Purchase} with this amount in cents. */
    public Answer startPurchase(long amountTotal) {
        return start(purchase(amountTotal));
    }

    /** Starts {@code Card.Purchase} in synchronous mode, in which the response follows the end. */
    public CompletableFuture<Answer> purchaseSynchronously(long amountTotal) {
        Map<String, String> parameters = purchase(amountTotal);
        parameters.remove("TransactionMode");
        return startAsync(parameters);
    }

    /** Returns the parameters of {@code Card.Purchase} in ASYNC mode; the caller may change them. */
    public Map<String, String> purchase(long amountTotal) {
        return names.purchase(amountTotal);
    }

    /** Returns the parameters of a transaction in ASYNC mode; the caller may change them. */
    public Map<String, String> transaction(String type, Map<String, String> others) {
        return names.transaction(type, others);
    }

    public Answer start(Map<String, String> parameters) {
        return send(requests.start(parameters));
    }

    /** Starts a transaction that was not started with this key before. */
    public Answer start(Map<String, String> parameters, String idempotencyKey) {
        return send(requests.start(parameters, idempotencyKey));
    }

    /** Starts a transaction without waiting for the response. */
    public CompletableFuture<Answer> startAsync(Map<String, String> parameters) {
        return sendAsync(requests.start(parameters));
    }

    /** Polls the URL of the response, unchanged. */
    public Answer poll(Answer started) {
        return poll(started.pollingUrl());
    }

    public Answer poll(URI pollingUrl) {
        return send(PosRequests.poll(pollingUrl));
    }

    public Answer cancel(Answer started) {
        return send(PosRequests.cancel(started.pollingUrl()));
    }

    public Answer send(HttpRequest.Builder request) {
        return keepToken(client.send(withToken(request)));
    }

    public CompletableFuture<Answer> sendAsync(HttpRequest.Builder request) {
        return client.sendAsync(withToken(request)).thenApply(this::keepToken);
    }

    private HttpRequest.Builder withToken(HttpRequest.Builder request) {
        return sendsToken && pairingToken() != null
                ? request.setHeader(PosRequests.PAIRING_TOKEN, pairingToken())
                : request;
    }

    private Answer keepToken(Answer answer) {
        answer.pairingToken().ifPresent(pairingToken::set);
        return answer;
    }
}
