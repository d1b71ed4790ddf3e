package dev.terminalcloud.checker.workload;

import dev.terminalcloud.checker.history.History;
import dev.terminalcloud.checker.history.HistoryEntry;
import dev.terminalcloud.checker.history.HistoryEntry.Answered;
import dev.terminalcloud.checker.plan.CompletionMode;
import dev.terminalcloud.checker.plan.KeyUse;
import dev.terminalcloud.checker.plan.Plan;
import dev.terminalcloud.virtualregister.Answer;
import dev.terminalcloud.virtualregister.PosRequests;
import dev.terminalcloud.virtualregister.RegisterNames;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.net.http.HttpTimeoutException;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.function.BooleanSupplier;
import java.util.stream.Stream;

/** Starts the transactions of a register: each once, or with an {@code Idempotency-Key} as often as its plan says. */
final class StartClient {
    private static final int OK = 200;

    /** Responses that leave it to the register to try again. */
    private static final Set<Integer> UNAVAILABLE = Set.of(502, 503, 504);

    /** Longer than the maximum time for which a synchronous request is held. */
    private static final Duration SYNC_TIMEOUT = Duration.ofSeconds(125);

    private static final Duration REQUEST_TIMEOUT = Duration.ofSeconds(15);
    private static final Duration REPEAT_DELAY = Duration.ofMillis(400);

    private final HttpClient http;
    private final PosRequests requests;
    private final History history;
    private final String merchant;
    private final RegisterNames names;
    private final Optional<URI> callbacks;

    StartClient(
            HttpClient http,
            PosRequests requests,
            History history,
            String merchant,
            RegisterNames names,
            Optional<URI> callbacks) {
        this.http = http;
        this.requests = requests;
        this.history = history;
        this.merchant = merchant;
        this.names = names;
        this.callbacks = callbacks;
    }

    /**
     * Starts a transaction, and returns the response if one arrived within the plan's client timeout. With a key it tries again until there
     * is a response that is certain, while the run goes on.
     */
    Optional<Answered> start(Start start, BooleanSupplier goesOn) throws InterruptedException {
        Plan plan = start.plan();
        record(start);
        CompletableFuture<Optional<Answered>> first = send(start, firstTimeout(plan));
        Optional<Answered> answer = plan.extras().keyUse() == KeyUse.TWICE_AT_ONCE
                ? certainOf(repeat(start), answerOf(first))
                : answerOf(first);
        while (plan.key().isPresent() && !isCertain(answer) && goesOn.getAsBoolean()) {
            Pause.sleep(REPEAT_DELAY);
            answer = answerOf(send(start, sendingAgain(plan)));
        }
        if (plan.extras().keyUse() == KeyUse.AFTER_SUCCESS && isAccepted(answer)) {
            repeat(start);
        }
        return answer;
    }

    /** Sends the start once, and returns at once: the future has the response, if one arrives. */
    CompletableFuture<Optional<Answered>> startOnce(Start start) {
        record(start);
        return send(start, timeout(start.plan()));
    }

    private void record(Start start) {
        Plan plan = start.plan();
        history.record(new HistoryEntry.Sent(
                plan.number(),
                merchant,
                plan.mode().name(),
                start.function(),
                wantsCallback(plan),
                plan.key().orElse(null),
                start.refund().map(LinkedRefund::original).orElse(null),
                start.refund().map(LinkedRefund::amountCents).orElse(0L)));
    }

    /** Sends the start with its key again, and returns the response. */
    Optional<Answered> repeat(Start start) throws InterruptedException {
        return answerOf(send(start, sendingAgain(start.plan())));
    }

    private Duration sendingAgain(Plan plan) {
        history.record(new HistoryEntry.SentAgain(plan.number()));
        return timeout(plan);
    }

    private static Optional<Answered> certainOf(Optional<Answered> one, Optional<Answered> other) {
        return Stream.of(one, other).filter(StartClient::isAccepted).findFirst().orElse(isCertain(one) ? one : other);
    }

    private static boolean isAccepted(Optional<Answered> answer) {
        return answer.filter(is -> is.status() == OK).isPresent();
    }

    private static boolean isCertain(Optional<Answered> answer) {
        return answer.filter(is -> !UNAVAILABLE.contains(is.status())).isPresent();
    }

    private static Duration firstTimeout(Plan plan) {
        Optional<Duration> lost = plan.key().isPresent() ? plan.extras().loseAnswerAfter() : Optional.empty();
        return plan.clientTimeout().or(() -> lost).orElse(timeout(plan));
    }

    private static boolean isIntended(Plan plan, Duration timeout, Throwable failure) {
        return timeout.compareTo(timeout(plan)) < 0 && hasTimedOut(failure);
    }

    private static boolean hasTimedOut(Throwable failure) {
        return failure instanceof HttpTimeoutException
                || (failure.getCause() != null && hasTimedOut(failure.getCause()));
    }

    private static Duration timeout(Plan plan) {
        return plan.mode() == CompletionMode.SYNCHRONOUS ? SYNC_TIMEOUT : REQUEST_TIMEOUT;
    }

    private CompletableFuture<Optional<Answered>> send(Start start, Duration timeout) {
        Plan plan = start.plan();
        Map<String, String> parameters = parameters(start);
        HttpRequest.Builder request = plan.key()
                .map(key -> requests.start(parameters, key))
                .orElseGet(() -> requests.start(parameters))
                .timeout(timeout);
        start.refund().ifPresent(refund -> request.setHeader("Pairing-Token", refund.pairingToken()));
        long asked = System.nanoTime();
        return http.sendAsync(request.build(), BodyHandlers.ofString())
                .handle((response, failure) -> recorded(plan, timeout, asked, response, failure));
    }

    private Optional<Answered> recorded(
            Plan plan, Duration timeout, long asked, HttpResponse<String> response, Throwable failure) {
        if (failure != null) {
            history.record(
                    new HistoryEntry.Unanswered(plan.number(), failure.toString(), isIntended(plan, timeout, failure)));
            return Optional.empty();
        }
        Answered answered = new Answered(
                plan.number(), response.statusCode(), Answer.of(response).body(), asked);
        history.record(answered);
        return Optional.of(answered);
    }

    static Optional<Answered> answerOf(CompletableFuture<Optional<Answered>> response) throws InterruptedException {
        try {
            return response.get();
        } catch (ExecutionException e) {
            throw new IllegalStateException(e);
        }
    }

    private boolean wantsCallback(Plan plan) {
        return plan.callback() && callbacks.isPresent();
    }

    private Map<String, String> parameters(Start start) {
        Plan plan = start.plan();
        Map<String, String> parameters = names.copy();
        parameters.put("TransactionMode", plan.mode() == CompletionMode.POLLING ? "ASYNC" : "");
        parameters.put("TransactionType", start.function());
        parameters.put("AmountTotal", Long.toString(start.amountCents()));
        start.refund()
                .ifPresent(refund -> parameters.put(
                        "OriginalTransactionId", refund.original().toString()));
        start.saleData().ifPresent(saleData -> parameters.put("SaleData", saleData));
        plan.reference().ifPresent(reference -> parameters.put("POSReferenceID", reference));
        if (wantsCallback(plan)) {
            parameters.put("PosNotificationCallbackUrl", callbacks.orElseThrow().toString());
        }
        return parameters;
    }
}
