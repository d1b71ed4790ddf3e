package dev.terminalcloud.certification.pos;

import com.fasterxml.jackson.databind.JsonNode;
import dev.terminalcloud.virtualregister.Answer;
import dev.terminalcloud.virtualregister.PosRequests;
import java.io.IOException;
import java.net.URI;
import java.time.Duration;
import java.util.Optional;

/** A POS that waits for the outcome of its payment: by polls, long polls or event streams. */
final class OutcomeWait {
    private static final Duration INTERVAL = Duration.ofMillis(50);
    private static final Duration NO_INTERVAL = Duration.ofMillis(1);
    private static final Duration MAX_WAIT = Duration.ofSeconds(50);
    private static final int MAX_POLLS = 60;
    private static final int MAX_BODY = 8 * 1024;

    private final PosProfile profile;
    private final PosDefect defect;
    private final PosScreen screen;
    private final Sale sale;
    private final ScriptedPos pos;
    private String version = "";
    private boolean ended;

    OutcomeWait(PosProfile profile, PosDefect defect, PosScreen screen, Sale sale, ScriptedPos pos) {
        this.profile = profile;
        this.defect = defect;
        this.screen = screen;
        this.sale = sale;
        this.pos = pos;
    }

    void run() throws IOException, InterruptedException {
        for (int polls = 1; !ended; polls++) {
            int status = ask();
            if (status == 401) {
                pos.tokenExpired(sale);
                return;
            }
            if ((defect == PosDefect.GIVES_UP_POLLING && polls > MAX_POLLS)
                    || (status == 504 && defect == PosDefect.FAILS_ON_A_504_POLL)) {
                screen.show("ERROR gave up");
                return;
            }
            if (!ended) {
                Cashier.pause(defect == PosDefect.POLLS_WITHOUT_PAUSE ? NO_INTERVAL : INTERVAL);
            }
        }
    }

    /** Returns the status, or 0 for a lost connection. */
    private int ask() throws InterruptedException {
        try {
            return profile == PosProfile.COMPLETE ? stream() : poll();
        } catch (IOException e) {
            return 0;
        }
    }

    private int poll() throws IOException, InterruptedException {
        URI url = pollingUrl();
        long known = defect == PosDefect.WAITS_WITH_VERSION_1 || version.isEmpty() ? 1 : Long.parseLong(version);
        boolean waits = profile == PosProfile.LONG_POLLS && !version.isEmpty();
        Answer reply = PosHttp.send(waits ? PosRequests.longPoll(url, known, MAX_WAIT) : PosRequests.poll(url));
        if (reply.status() == 200) {
            take(reply.body().path("version").asText(), reply.body());
        }
        return reply.status();
    }

    private URI pollingUrl() {
        return URI.create(sale.pollingUrl().orElseThrow());
    }

    private int stream() throws IOException, InterruptedException {
        Optional<String> seen = version.isEmpty()
                ? Optional.empty()
                : Optional.of(defect == PosDefect.SENDS_A_WRONG_LAST_EVENT_ID ? "0" : version);
        int status;
        try {
            status = PosHttp.stream(pollingUrl(), seen, this::take, pos::reads);
        } catch (IOException e) {
            status = 0;
        }
        if (!ended && defect == PosDefect.DOES_NOT_RESUME_STREAMS && !version.isEmpty()) {
            screen.show("UNKNOWN");
            Thread.currentThread().interrupt();
            throw new InterruptedException();
        }
        return status;
    }

    private boolean take(String shown, JsonNode transaction) throws InterruptedException {
        version = shown;
        boolean tooLong =
                defect == PosDefect.TAKES_8_KIB && transaction.toString().length() > MAX_BODY;
        String text = tooLong ? "ERROR too long" : PosDisplayText.of(transaction, sale, defect);
        ended = !text.equals("RUNNING");
        if (text.startsWith("DECLINED")) {
            startAgain();
        }
        screen.outcome(text, defect);
        return !ended;
    }

    private void startAgain() throws InterruptedException {
        try {
            pos.declined(sale);
        } catch (IOException e) {
            screen.show("ERROR " + e);
        }
    }
}
