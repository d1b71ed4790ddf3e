package dev.terminalcloud.certification.pos.gateway;

import static java.time.ZoneOffset.UTC;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.terminalcloud.certification.pos.gateway.GatewayEvent.ShownVersion;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.time.format.DateTimeFormatter;
import java.util.Locale;
import java.util.Map;
import java.util.UUID;
import java.util.stream.Stream;

/** A transaction as the gateway shows it (POS API, sections 3 and 4). On the event loop. */
final class SimulatedTransaction {
    static final String DEVICE_ID = "7999999999";

    private static final Duration RETENTION = Duration.ofDays(180);
    private static final DateTimeFormatter TIME_STAMP =
            DateTimeFormatter.ofPattern("yyyyMMddHHmmssSSSS").withZone(UTC);

    private final String id = UUID.randomUUID().toString();
    private final PosRequest request;
    private final Instant created;
    private String token = UUID.randomUUID().toString();
    private boolean expired;
    private long version = 1;
    private TransactionState state = TransactionState.pending(Map.of());

    SimulatedTransaction(PosRequest request, Instant created) {
        this.request = request;
        this.created = created;
    }

    String id() {
        return id;
    }

    PosRequest request() {
        return request;
    }

    String token() {
        return token;
    }

    long version() {
        return version;
    }

    TransactionState state() {
        return state;
    }

    boolean isCompleted() {
        return state.completed();
    }

    boolean isExpired() {
        return expired;
    }

    void expireToken() {
        expired = true;
    }

    /** Replaces a token that has expired. */
    void renewToken() {
        if (expired) {
            token = UUID.randomUUID().toString();
            expired = false;
        }
    }

    void change(TransactionState next) {
        state = next;
        version++;
    }

    ShownVersion shown() {
        return new ShownVersion(id, version, state.completed());
    }

    /** Returns the response to the start. */
    ObjectNode started(String publicUrl) {
        ObjectNode envelope = envelope("PENDING", version, token);
        ObjectNode data = withRequest(envelope.putObject("data"));
        data.put("Delivery", "QUEUED").put("PollingUrl", pollingUrl(publicUrl));
        return envelope;
    }

    /** Returns the response to a poll. */
    ObjectNode polled() {
        ObjectNode envelope = envelope(state.completed() ? "COMPLETED" : "PENDING", version, token);
        return withState(envelope, state);
    }

    ObjectNode polledWithUrl(String publicUrl) {
        ObjectNode envelope = polled();
        envelope.withObject("/data").put("PollingUrl", pollingUrl(publicUrl));
        return envelope;
    }

    /** Returns the body of a callback, which has no token. */
    ObjectNode callback(TransactionState shown, long shownVersion) {
        ObjectNode envelope = envelope(shown.completed() ? "COMPLETED" : "PENDING", shownVersion, null);
        return withState(envelope, shown);
    }

    private ObjectNode envelope(String status, long shownVersion, String accessToken) {
        ObjectNode envelope = JsonNodeFactory.instance
                .objectNode()
                .put("transactionId", id)
                .put("transactionTimeStamp", TIME_STAMP.format(created))
                .put("merchantId", merchantId())
                .put("deviceId", DEVICE_ID)
                .put("transactionStatus", status);
        if (accessToken != null) {
            envelope.put("merchantAccessToken", accessToken);
        }
        return envelope.put("version", shownVersion);
    }

    private ObjectNode withState(ObjectNode envelope, TransactionState shown) {
        envelope.put("RecordExpiry", created.plus(RETENTION).toString());
        shown.unknownMembers().forEach(envelope::put);
        ObjectNode data = withRequest(envelope.putObject("data")).put("Delivery", "STARTED");
        if (shown.completed()) {
            data.put("RequestId", id).put("Merchant", "1");
            Stream.of("SaleData")
                    .filter(request.parameters()::containsKey)
                    .forEach(name -> data.put(name, request.text(name)));
        }
        shown.data().forEach(data::put);
        return envelope;
    }

    private ObjectNode withRequest(ObjectNode data) {
        data.put("PosVendor", request.text("POSVendorName"))
                .put("PosRegisterID", request.text("POSRegisterID"))
                .put("PosBusinessName", request.text("POSBusinessName"));
        Stream.concat(RequestReader.AMOUNTS.stream(), Stream.of("POSReferenceID"))
                .filter(name -> !request.text(name).isEmpty())
                .forEach(name -> data.put(name, request.text(name)));
        if (request.isLinkedRefund()) {
            data.put(PosRequest.ORIGINAL, request.text(PosRequest.ORIGINAL).toLowerCase(Locale.ROOT));
        }
        return data.put("DeviceID", DEVICE_ID).put("Function", request.text("TransactionType"));
    }

    private String pollingUrl(String publicUrl) {
        return "%s/pos/transaction/%s?merchantAccessToken=%s".formatted(publicUrl, id, token);
    }

    private String merchantId() {
        String merchant = request.text("POSVendorName") + "\n" + request.text("POSBusinessName");
        return UUID.nameUUIDFromBytes(merchant.getBytes(StandardCharsets.UTF_8)).toString();
    }
}
