package dev.terminalcloud.transaction;

import com.fasterxml.jackson.databind.json.JsonMapper;
import dev.terminalcloud.posapi.PairingToken;
import dev.terminalcloud.virtualregister.Answer;
import dev.terminalcloud.virtualregister.PosClient;
import dev.terminalcloud.virtualregister.PosRequests;
import dev.terminalcloud.virtualregister.RegisterNames;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.time.Duration;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;

/** A till: plain HTTP, form bodies. */
public final class FakeRegister {
    private static final Duration TIMEOUT = Duration.ofMinutes(2);
    private static final PosClient CLIENT = new PosClient(HttpClient.newHttpClient(), TIMEOUT);
    private static final JsonMapper JSON = JsonMapper.builder().build();

    private final URI service;
    private final PosRequests requests;
    private final String id = UUID.randomUUID().toString();
    private final String vendor;
    private final PairingToken pairingToken = new PairingToken(UUID.randomUUID().toString());

    FakeRegister(URI service) {
        this(service, "Vendor & Söhne");
    }

    FakeRegister(URI service, String vendor) {
        this.service = service;
        this.requests = new PosRequests(service);
        this.vendor = vendor;
    }

    String id() {
        return id;
    }

    String vendor() {
        return vendor;
    }

    String business() {
        return "Joe's Café / Main St.";
    }

    /** Returns what it has got when it was paired. It sends it only when it is told to. */
    PairingToken pairingToken() {
        return pairingToken;
    }

    Map<String, String> purchase(long cents) {
        return registerNames().purchase(cents);
    }

    public Answer pays(long cents) {
        return posts(purchase(cents));
    }

    Answer posts(Map<String, String> parameters) {
        return postsAsync(parameters).join();
    }

    CompletableFuture<Answer> postsAsync(Map<String, String> parameters) {
        return CLIENT.sendAsync(start(parameters));
    }

    Answer postsWithToken(Map<String, String> parameters, String token) {
        return sends(start(parameters).header(PosRequests.PAIRING_TOKEN, token));
    }

    Answer postsWithKey(Map<String, String> parameters, String key) {
        return postsWithKeyAsync(parameters, key).join();
    }

    CompletableFuture<Answer> postsWithKeyAsync(Map<String, String> parameters, String key) {
        return CLIENT.sendAsync(requests.start(parameters, key));
    }

    HttpRequest.Builder start(Map<String, String> parameters) {
        return requests.start(parameters);
    }

    /** Lists its transactions with its token. */
    Answer lists(Map<String, String> parameters) {
        return sends(requests.list(parameters, pairingToken.text()));
    }

    /** Looks one transaction up by its id, with this pairing token. */
    Answer looksUp(String id, String token) {
        return sends(requests.find(id, token));
    }

    /** Ends its pairing, with this token. */
    Answer unpairs(String token) {
        return unpairsAsync(token).join();
    }

    CompletableFuture<Answer> unpairsAsync(String token) {
        return CLIENT.sendAsync(requests.unpair(names(), token));
    }

    Map<String, String> names() {
        return registerNames().copy();
    }

    private RegisterNames registerNames() {
        return RegisterNames.of(id, "", business(), vendor()).without("POSRegisterName");
    }

    Answer polls(Answer started) {
        return sends(PosRequests.poll(pollingUrl(started)));
    }

    /** Polls until the transaction has ended; returns its final state. */
    Answer awaitsEnd(Answer started) {
        TestFixtures.awaitTrue(() -> "COMPLETED".equals(polls(started).member("transactionStatus")));
        return polls(started);
    }

    /** The public address that a response has is not that of the service under test. */
    private URI pollingUrl(Answer started) {
        return service.resolve(
                "/pos/transaction/" + started.transactionId() + "?merchantAccessToken=" + started.token());
    }

    Answer cancels(Answer started) {
        return sends(PosRequests.cancel(pollingUrl(started)));
    }

    /** Polls with additional parameters. */
    CompletableFuture<Answer> pollsAsync(Answer started, String parameters) {
        return CLIENT.sendAsync(PosRequests.poll(URI.create(pollingUrl(started) + parameters)));
    }

    Answer gets(String path) {
        return sends(request(path));
    }

    HttpRequest.Builder request(String path) {
        return HttpRequest.newBuilder(service.resolve(path));
    }

    Answer sends(HttpRequest.Builder request) {
        return CLIENT.sendAsync(request).join();
    }

    HttpResponse<String> sendsRaw(HttpRequest.Builder request) {
        return CLIENT.http().sendAsync(request.build(), BodyHandlers.ofString()).join();
    }

    static String json(Map<String, String> parameters) {
        return JSON.valueToTree(parameters).toString();
    }
}
