package dev.terminalcloud.transaction.intake;

import dev.terminalcloud.callbackurl.CallbackTargets;
import dev.terminalcloud.callbackurl.CallbackUrlError;
import dev.terminalcloud.posapi.PairingTokenError;
import dev.terminalcloud.posapi.PosApiDocument;
import dev.terminalcloud.posapi.RequestError;
import dev.terminalcloud.transaction.idempotency.IdempotencyError;
import dev.terminalcloud.transaction.lifecycle.TransactionFunction;
import dev.terminalcloud.transaction.lookup.LookupError;
import dev.terminalcloud.transaction.polling.EnvelopeData;
import dev.terminalcloud.transaction.polling.PollingError;
import dev.terminalcloud.transaction.presence.DevicePresence;
import dev.terminalcloud.transaction.presence.PresenceError;
import dev.terminalcloud.transaction.unpairing.UnpairingError;
import io.quarkus.smallrye.openapi.OpenApiFilter;
import java.util.stream.Stream;
import org.eclipse.microprofile.openapi.OASFilter;
import org.eclipse.microprofile.openapi.models.OpenAPI;
import org.eclipse.microprofile.openapi.models.PathItem.HttpMethod;

/** The facts about transactions that are in the code, for the OpenAPI description that the build writes. */
@OpenApiFilter(stages = OpenApiFilter.RunStage.BUILD)
public class TransactionApiFilter implements OASFilter {
    private static final String START = "/POS/Transaction";
    private static final String POLL = "/POS/Transaction/{transactionId}";
    private static final String CANCEL = "/POS/Transaction/{transactionId}/cancel";
    private static final String UNPAIR = "/POS/Pairing";
    private static final String STATUS = "/POS/Status";
    private static final String DEVICE = "/POS/Device";
    private static final String PARAMETERS = "TransactionParameters";
    private static final String UNPAIRING_PARAMETERS = "UnpairingParameters";
    private static final String DATA = "TransactionData";
    private static final PairingTokenError[] PAIRING_TOKEN = {PairingTokenError.PAIRING_TOKEN_INVALID};

    /** Errors of a register that sends its names in the query. */
    private static final RequestError[] QUERY = {
        RequestError.MISSING,
        RequestError.TOO_LONG,
        RequestError.NUL_CHARACTER,
        RequestError.TOO_MANY_PIECES,
        RequestError.TOO_MANY_PARAMETERS,
        RequestError.NOT_FOUND,
        RequestError.INTERNAL
    };

    private static final PollingError[] CANCELLATION = {
        PollingError.INVALID_TOKEN, PollingError.TOKEN_EXPIRED, PollingError.UNAVAILABLE
    };

    @Override
    public void filterOpenAPI(OpenAPI openApi) {
        PosApiDocument document = new PosApiDocument(openApi)
                .resource("/{pos}/{transaction}", START)
                .resource("/{pos}/{transaction}/{id}", POLL)
                .resource("/{pos}/{transaction}/{id}/{cancel}", CANCEL)
                .resource("/{pos}/{pairing}", UNPAIR)
                .resource("/{pos}/{status}", STATUS)
                .resource("/{pos}/{device}", DEVICE)
                .errors(
                        START,
                        HttpMethod.POST,
                        RequestError.values(),
                        PairingTokenError.values(),
                        StartError.values(),
                        RefundError.values(),
                        IdempotencyError.values(),
                        CallbackUrlError.values())
                .errors(START, HttpMethod.GET, PairingTokenError.values(), LookupError.values(), QUERY)
                .errors(DEVICE, HttpMethod.GET, PairingTokenError.values(), PresenceError.values(), QUERY)
                .errors(POLL, HttpMethod.GET, PollingError.values(), PAIRING_TOKEN, new RequestError[] {
                    RequestError.NUL_CHARACTER,
                    RequestError.TOO_MANY_PIECES,
                    RequestError.TOO_MANY_PARAMETERS,
                    RequestError.NOT_FOUND,
                    RequestError.INTERNAL
                })
                .errors(CANCEL, HttpMethod.POST, CANCELLATION, new RequestError[] {
                    RequestError.NUL_CHARACTER,
                    RequestError.UNPAIRED_SURROGATE,
                    RequestError.NOT_JSON,
                    RequestError.UNREADABLE_JSON,
                    RequestError.NOT_AN_OBJECT,
                    RequestError.JSON_TOO_DEEP,
                    RequestError.TOO_MANY_PIECES,
                    RequestError.TOO_MANY_PARAMETERS,
                    RequestError.NOT_FOUND,
                    RequestError.BODY_TOO_LARGE,
                    RequestError.UNSUPPORTED_MEDIA_TYPE,
                    RequestError.UNSUPPORTED_CHARSET,
                    RequestError.INTERNAL
                })
                .errors(
                        UNPAIR,
                        HttpMethod.DELETE,
                        RequestError.values(),
                        PairingTokenError.values(),
                        UnpairingError.values())
                .errors(STATUS, HttpMethod.GET, new RequestError[] {RequestError.NOT_FOUND})
                .maxLength(UNPAIRING_PARAMETERS, "POSRegisterID", StartRequest.MAX_REGISTER_ID_LENGTH)
                .maxLength(UNPAIRING_PARAMETERS, "POSBusinessName", StartRequest.MAX_NAME_LENGTH)
                .maxLength(UNPAIRING_PARAMETERS, "POSVendorName", StartRequest.MAX_NAME_LENGTH)
                .maxLength(PARAMETERS, "POSRegisterID", StartRequest.MAX_REGISTER_ID_LENGTH)
                .maxLength(PARAMETERS, "POSBusinessName", StartRequest.MAX_NAME_LENGTH)
                .maxLength(PARAMETERS, "POSVendorName", StartRequest.MAX_NAME_LENGTH)
                .values(PARAMETERS, "TransactionMode", Stream.of(StartRequest.ASYNC_MODE, ""))
                .values(PARAMETERS, "TransactionType", functions())
                .maxLength(PARAMETERS, "TransactionReference", StartRequest.MAX_REFERENCE_LENGTH)
                .pattern(PARAMETERS, OriginalId.PARAMETER, "^" + OriginalId.UUID_PATTERN.pattern() + "$")
                .maxLength(PARAMETERS, "POSReferenceID", StartRequest.MAX_POS_REFERENCE_LENGTH)
                .maxLength(PARAMETERS, "Date", StartRequest.MAX_REFERENCE_LENGTH)
                .maxLength(PARAMETERS, "SaleData", StartRequest.MAX_SALE_DATA_LENGTH)
                .maxLength(PARAMETERS, CallbackTargets.PARAMETER, CallbackTargets.MAX_URL_LENGTH);
        Amounts.parameters()
                .forEach(name -> document.pattern(PARAMETERS, name, "^(?!0+$)" + Amounts.DIGITS.pattern() + "$"));
        document.complete(PARAMETERS)
                .complete(UNPAIRING_PARAMETERS)
                .matchesScanned("Unpaired", "UnpairingAnswer")
                .matchesScanned("Transaction", "Envelope")
                .matchesScanned("Device", "DevicePresence")
                .values("Device", "status", DevicePresence.statuses())
                .matchesScanned("FoundTransactions", "TransactionList")
                .matchesScanned("ServiceLevel", "StatusAnswer")
                .withoutScanned("EnvelopeData", "Percentiles", "UUID")
                .values(DATA, "Function", functions())
                .values(DATA, "Cancellation", EnvelopeData.cancellations())
                .values(DATA, "Delivery", EnvelopeData.deliveries())
                .values(DATA, "TransactionResult", EnvelopeData.transactionResults())
                .values(DATA, "Result", EnvelopeData.results())
                .finish();
    }

    private static Stream<String> functions() {
        return Stream.of(TransactionFunction.values()).map(TransactionFunction::wireName);
    }
}
