package dev.terminalcloud.certification.pos;

import com.fasterxml.jackson.databind.JsonNode;
import dev.terminalcloud.virtualregister.Answer;
import dev.terminalcloud.virtualregister.PosRequests;
import java.io.IOException;
import java.io.InputStream;
import java.net.URI;
import java.net.http.HttpRequest;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import java.util.concurrent.ConcurrentHashMap;

/** A POS made of software, with a defect. Its cashier is a thread, which a power cut ends. */
final class ScriptedPos implements AutoCloseable {
    private static final Duration PAUSE = Duration.ofMillis(50);

    private final PosRequests requests;
    private final PosProfile profile;
    private final PosDefect defect;
    private final Map<String, String> tokens = new ConcurrentHashMap<>();
    private final CallbackReceiver receiver;
    private final PosForms forms;
    private final PosScreen screen = new PosScreen();
    private volatile Cashier cashier = new Cashier(() -> {}, failure -> {});
    private volatile Sale stored;
    private volatile String pairingToken = "";
    private volatile String previousKey = "";
    private volatile String lastTransaction = "";
    private int pairings;
    private int sales;

    ScriptedPos(String url, PosProfile profile, PosDefect defect) {
        this.requests = new PosRequests(URI.create(url));
        this.profile = profile;
        this.defect = defect;
        this.receiver =
                new CallbackReceiver(defect, tokens, transaction -> screen.callback(transaction, stored, defect));
        this.forms = new PosForms(profile, defect, receiver.url());
    }

    PosScreen screen() {
        return screen;
    }

    /** Returns whether it uses what is optional. */
    boolean isComplete() {
        return profile.isComplete();
    }

    // What its operator does

    /** Pairs it, and returns when the pairing token is stored. */
    void pair(String code) {
        act(() -> {
            pairings++;
            Map<String, String> names = forms.pairing(pairings);
            Answer reply = PosHttp.send(requests.pair(code, names));
            if (reply.status() != 200 && defect == PosDefect.REPEATS_WRONG_CODES) {
                reply = PosHttp.send(requests.pair(code, names));
            }
            String previous = pairingToken;
            pairingToken = reply.pairingToken().orElse(pairingToken);
            screen.show(reply.status() == 200 ? "PAIRED" : "WRONG CODE " + reply.error());
            if (defect == PosDefect.ASKS_WITH_THE_PREVIOUS_TOKEN && reply.status() == 200) {
                PosHttp.send(HttpRequest.newBuilder(requests.url("Device"))
                        .header(PosRequests.PAIRING_TOKEN, "x" + previous));
            }
        });
        cashier.join();
    }

    void pay(long cents, boolean cancelled) {
        sell(Sale.of(cents, newKey(), cancelled));
    }

    /** Refunds the last payment. */
    void refund(long cents) {
        sell(Sale.refund(cents, newKey(), Optional.of(lastTransaction)));
    }

    private void sell(Sale sale) {
        act(() -> {
            sales++;
            screen.begin();
            stored = defect == PosDefect.STORES_THE_SALE_AFTER_THE_START ? null : sale;
            start(sale, false);
        });
    }

    private String newKey() {
        if (screen.text().contains("BUSY") && defect == PosDefect.SENDS_THE_KEY_OF_A_BUSY_SALE_AGAIN) {
            return previousKey;
        }
        previousKey = UUID.randomUUID().toString();
        return previousKey;
    }

    void powerOff() {
        cashier.stop();
        screen.show("");
    }

    void powerOn() {
        act(() -> {
            Sale sale = stored;
            boolean forgotten = sale == null
                    || (defect == PosDefect.FORGETS_A_RUNNING_PAYMENT
                            && sale.pollingUrl().isPresent());
            if (forgotten) {
                screen.show("READY");
            } else if (sale.pollingUrl().isPresent()) {
                awaitEnd(sale);
            } else if (isComplete()) {
                start(sale, true);
            } else {
                new DeviceInquiry(this, sale).run();
            }
        });
    }

    private void act(Cashier.Step step) {
        cashier.stop();
        cashier = new Cashier(step, failure -> screen.show("ERROR " + failure));
        cashier.start();
    }

    /** Keeps the stream that the cashier reads. */
    void reads(InputStream opened) {
        cashier.reads(opened);
    }

    // What it does

    void start(Sale sale, boolean inDoubt) throws IOException, InterruptedException {
        screen.show("RUNNING");
        Answer reply;
        try {
            reply = PosHttp.send(startOf(sale));
        } catch (IOException e) {
            if (defect == PosDefect.FAILS_WITHOUT_AN_ANSWER) {
                screen.show("ERROR no connection");
            } else {
                recover(sale);
            }
            return;
        }
        switch (reply.status()) {
            case 200 -> started(sale, reply.body(), inDoubt);
            case 429 -> busy(sale);
            case 503 -> {
                Cashier.pause(
                        defect == PosDefect.IGNORES_RETRY_AFTER
                                ? PAUSE
                                : Duration.ofSeconds(reply.retryAfterSeconds()));
                start(sale, inDoubt);
            }
            case 502 -> {
                if (defect == PosDefect.FAILS_ON_502) {
                    screen.show("ERROR 502");
                } else {
                    recover(sale);
                }
            }
            default -> rejected(sale, reply.error(), inDoubt);
        }
    }

    private void busy(Sale sale) throws IOException, InterruptedException {
        if (defect == PosDefect.REPEATS_WHEN_BUSY) {
            PosHttp.send(startOf(sale));
        }
        screen.show("NOT STARTED BUSY");
    }

    private void rejected(Sale sale, String error, boolean inDoubt) throws IOException, InterruptedException {
        if (sale.original().isPresent() && defect == PosDefect.REFUNDS_WITHOUT_THE_LINK) {
            start(Sale.refund(sale.cents(), UUID.randomUUID().toString(), Optional.empty()), false);
            return;
        }
        boolean hidden = (defect == PosDefect.HIDES_REJECTIONS && error.startsWith("Unknown"))
                || (defect == PosDefect.HIDES_REJECTED_REFUNDS
                        && sale.original().isPresent())
                || (defect == PosDefect.HIDES_THAT_IT_IS_NOT_PAIRED && error.contains("not paired"));
        screen.show(hidden ? "ERROR" : (inDoubt ? "UNKNOWN " : "NOT STARTED ") + error);
    }

    private void recover(Sale sale) throws IOException, InterruptedException {
        Cashier.pause(PAUSE);
        if (isComplete()) {
            start(sale, true);
        } else if (defect == PosDefect.STARTS_AGAIN_WITHOUT_A_KEY) {
            start(sale, false);
        } else {
            new DeviceInquiry(this, sale).run();
        }
    }

    private void started(Sale sale, JsonNode transaction, boolean inDoubt) throws IOException, InterruptedException {
        String token = transaction.path("merchantAccessToken").asText();
        lastTransaction = transaction.path("transactionId").asText();
        tokens.put(lastTransaction, token);
        Sale running =
                sale.withPollingUrl(transaction.path("data").path("PollingUrl").asText());
        stored = running;
        boolean completed = transaction.path("transactionStatus").asText().equals("COMPLETED");
        if (completed) {
            boolean fails = inDoubt && defect == PosDefect.FAILS_ON_AN_ENDED_START;
            screen.outcome(fails ? "ERROR" : PosDisplayText.of(transaction, sale, defect), defect);
            return;
        }
        if (sale.cancelled() && isComplete()) {
            PosHttp.send(PosRequests.cancel(URI.create(running.pollingUrl().orElseThrow())));
        }
        awaitEnd(running);
    }

    void awaitEnd(Sale sale) throws IOException, InterruptedException {
        new OutcomeWait(profile, defect, screen, sale, this).run();
    }

    /** Finds the outcome of a sale whose polling token is too old. */
    void tokenExpired(Sale sale) throws IOException, InterruptedException {
        if (defect == PosDefect.FAILS_ON_A_401_POLL) {
            screen.show("ERROR 401");
        } else if (isComplete()) {
            start(sale, true);
        } else {
            new DeviceInquiry(this, sale).run();
        }
    }

    void declined(Sale sale) throws IOException, InterruptedException {
        if (defect == PosDefect.STARTS_AGAIN_AFTER_A_DECLINE) {
            Sale second = Sale.of(sale.cents(), UUID.randomUUID().toString(), false);
            PosHttp.send(startOf(second));
        }
    }

    Answer function(String function) throws IOException, InterruptedException {
        return PosHttp.send(requests.start(PosForms.function(function)));
    }

    private HttpRequest.Builder startOf(Sale sale) {
        Map<String, String> parameters = forms.start(sale, sales);
        return isComplete()
                ? requests.start(parameters, sale.key()).header(PosRequests.PAIRING_TOKEN, pairingToken)
                : requests.start(parameters);
    }

    @Override
    public void close() {
        powerOff();
        receiver.close();
    }
}
