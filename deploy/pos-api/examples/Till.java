import java.net.*;
import java.net.http.*;
import java.nio.charset.StandardCharsets;
import java.nio.file.*;
import java.time.Duration;
import java.util.*;
import java.util.concurrent.*;
import java.util.regex.*;

/** A till in Java 17, without libraries: {@code java Till.java}. README.md has its options. */
final class Till {
    private final HttpClient http = HttpClient.newHttpClient();
    private HttpRequest.Builder start; // may be sent again, since it has an Idempotency-Key
    private volatile String transaction, pollingUrl;
    private volatile boolean inDoubt; // whether an earlier request may have started the payment
    private volatile int loseAnswers; // so many are thrown away, as if the connection had been lost

    /** An answer of 4xx: this request had no effect. If it is UNKNOWN, an earlier one may have had one. */
    private static final class Refused extends Exception {
        Refused(boolean inDoubt, String error) { super((inDoubt ? "UNKNOWN " : "NOT STARTED ") + error); }
    }

    /** Repeats a request until it has an answer. That is safe: a pairing has its code, and a start has its key. */
    private HttpResponse<String> ask(HttpRequest.Builder request) throws Exception {
        while (true) {
            HttpResponse<String> answer = http.sendAsync(request.build(), HttpResponse.BodyHandlers.ofString())
                    .exceptionally(lost -> null).join();
            int status = answer == null || --loseAnswers >= 0 ? 0 : answer.statusCode();
            if (status == 200) return answer;
            if (status / 100 == 4) throw new Refused(inDoubt, get(answer.body(), "error"));
            inDoubt |= status != 503; // after a 503 nothing runs, for certain
            System.out.println("no answer, asking again");
            TimeUnit.SECONDS.sleep(status == 0 ? 2 : answer.headers().firstValueAsLong("Retry-After").orElse(2));
        }
    }

    private static HttpRequest.Builder request(String method, String url, String form) {
        return HttpRequest.newBuilder(URI.create(url)).timeout(Duration.ofSeconds(60))
                .method(method, HttpRequest.BodyPublishers.ofString(form))
                .header("Content-Type", "application/x-www-form-urlencoded");
    }

    private static String encode(String name, String value) {
        return name + "=" + URLEncoder.encode(value, StandardCharsets.UTF_8) + "&";
    }

    /** Starts the payment, or finds the one that an earlier start with its reference has started. */
    private void start() throws Exception {
        transaction = ask(start).body();
        pollingUrl = get(transaction, "PollingUrl");
        inDoubt = true;
    }

    /** Returns when the payment has ended, and not before: a lost connection is not an outcome. */
    private void awaitEnd() throws Exception {
        while (!get(transaction, "transactionStatus").equals("COMPLETED")) {
            try {
                String poll = pollingUrl + "&wait=50&version=" + get(transaction, "version");
                transaction = ask(request("GET", poll, "")).body();
                System.out.println("device: " + get(transaction, "Prompt") + get(transaction, "TransactionResult"));
            } catch (Refused refusal) { // the PollingUrl is too old: the same key gets a new one
                TimeUnit.SECONDS.sleep(2);
                start();
            }
        }
    }

    /** Asks the device to stop. It may be too late: only the outcome says whether the customer has paid. */
    private Object cancel() throws Exception {
        return ask(request("POST", pollingUrl.replace("?", "/cancel?"), ""));
    }

    /** Returns a member of a JSON text, or "". In your till, use your JSON library. */
    private static String get(String json, String name) {
        Matcher member = Pattern.compile("\"" + name + "\":\"?((?<=\")(?:[^\"\\\\]|\\\\.)*|\\d+)").matcher(json);
        return member.find() ? member.group(1) : "";
    }

    public static void main(String[] arguments) throws Exception {
        var options = new HashMap<>(Map.of("--url", "http://localhost:8080", "--register", "till-1", "--name", "Till 1",
                "--business", "Demo Shop", "--vendor", "Demo POS", "--store", "till-store", "--amount", "500"));
        for (int i = 0; i < arguments.length; i += 2) options.put(arguments[i], arguments[i + 1]);
        Path token = Files.createDirectories(Path.of(options.get("--store"))).resolve("pairing-token");
        String names = encode("POSRegisterID", options.get("--register")) + encode("POSRegisterName", options.get("--name"))
                + encode("POSVendorName", options.get("--vendor")) + encode("POSBusinessName", options.get("--business"));
        String reference = options.getOrDefault("--reference", UUID.randomUUID().toString());
        boolean isRefund = options.containsKey("--refund-of"); // at most what is left of that purchase
        String paid = isRefund ? "REFUNDED " : "PAID ";
        Till till = new Till();
        try {
            if (options.containsKey("--code")) {
                var pairing = request("PUT", options.get("--url") + "/POS/Pairing/" + options.get("--code"), names);
                Files.writeString(token, till.ask(pairing).headers().firstValue("Pairing-Token").orElseThrow());
            }
            System.out.println("sale " + reference); // a till stores it first: it finds the payment after a crash
            till.start = request("POST", options.get("--url") + "/POS/Transaction", names
                    + encode("TransactionMode", "ASYNC") + encode("TransactionType", isRefund ? "Card.Refund" : "Card.Purchase")
                    + encode("AmountTotal", options.get("--amount")) + encode("POSReferenceID", reference)
                    + encode("PosNotificationCallbackUrl", options.getOrDefault("--callback-url", ""))
                    + (isRefund ? encode("OriginalTransactionId", options.get("--refund-of")) : ""));
            till.start.header("Idempotency-Key", reference);
            if (Files.exists(token)) till.start.header("Pairing-Token", Files.readString(token));
            till.inDoubt = options.containsKey("--reference");
            till.loseAnswers = Integer.parseInt(options.getOrDefault("--lose-answers", "0"));
            till.start();
            String id = get(till.transaction, "transactionId");
            Files.writeString(token.resolveSibling(id), get(till.transaction, "merchantAccessToken"));
            System.out.println("started " + id);
            int seconds = Integer.parseInt(options.getOrDefault("--cancel-after", "600"));
            CompletableFuture.delayedExecutor(seconds, TimeUnit.SECONDS).execute(new FutureTask<>(till::cancel));
            till.awaitEnd();
            String result = get(till.transaction, "TransactionResult");
            System.out.println(!result.equals("OK-ACCEPTED") ? "NOT " + paid + result
                    : paid + get(till.transaction, "AmountTotal") + " AuthId=" + get(till.transaction, "AuthId"));
        } catch (Refused refusal) {
            System.out.println(refusal.getMessage());
        }
    }
}
