package dev.terminalcloud.certification.pos;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.io.InputStream;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import java.util.concurrent.ConcurrentHashMap;

/** A POS made of software, with a defect. Its cashier is a thread, which a power cut ends. */
final class ScriptedPos implements AutoCloseable {
    private static final Duration PAUSE = Duration.ofMillis(50);

    private final String url;
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
    private int pairings;
    private int sales;

    ScriptedPos(String url, PosProfile profile, PosDefect defect) {
        this.url = url + "/POS";
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
            PosHttp.Reply reply = PosHttp.send("PUT", url + "/Pairing/" + code, names, Map.of());
            if (reply.status() != 200 && defect == PosDefect.REPEATS_WRONG_CODES) {
                reply = PosHttp.send("PUT", url + "/Pairing/" + code, names, Map.of());
            }
            String previous = pairingToken;
            pairingToken = reply.pairingToken().orElse(pairingToken);
            screen.show(reply.status() == 200 ? "PAIRED" : "WRONG CODE " + reply.error());
            if (defect == PosDefect.ASKS_WITH_THE_PREVIOUS_TOKEN && reply.status() == 200) {
                PosHttp.send("GET", url + "/Device", Map.of(), Map.of("Pairing-Token", "x" + previous));
            }
        });
        cashier.join();
    }

    void pay(long cents, boolean cancelled) {
        Sale sale = new Sale(cents, newKey(), cancelled, Optional.empty());
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
        PosHttp.Reply reply;
        try {
            reply = PosHttp.send("POST", url + "/Transaction", forms.start(sale, sales), headers(sale));
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
            default -> rejected(reply.error(), inDoubt);
        }
    }

    private void busy(Sale sale) throws IOException, InterruptedException {
        if (defect == PosDefect.REPEATS_WHEN_BUSY) {
            PosHttp.send("POST", url + "/Transaction", forms.start(sale, sales), headers(sale));
        }
        screen.show("NOT STARTED BUSY");
    }

    private void rejected(String error, boolean inDoubt) {
        boolean hidden = (defect == PosDefect.HIDES_REJECTIONS && error.startsWith("Unknown"))
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
        tokens.put(transaction.path("transactionId").asText(), token);
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
            PosHttp.send("POST", running.pollingUrl().orElseThrow().replace("?", "/cancel?"), Map.of(), Map.of());
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
            Sale second = new Sale(sale.cents(), UUID.randomUUID().toString(), false, Optional.empty());
            PosHttp.send("POST", url + "/Transaction", forms.start(second, sales), headers(second));
        }
    }

    PosHttp.Reply function(String function) throws IOException, InterruptedException {
        return PosHttp.send("POST", url + "/Transaction", PosForms.function(function), Map.of());
    }

    private Map<String, String> headers(Sale sale) {
        return isComplete() ? Map.of("Idempotency-Key", sale.key(), "Pairing-Token", pairingToken) : Map.of();
    }

    @Override
    public void close() {
        powerOff();
        receiver.close();
    }
}
