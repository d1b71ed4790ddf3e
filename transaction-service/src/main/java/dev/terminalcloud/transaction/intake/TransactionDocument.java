package dev.terminalcloud.transaction.intake;

import dev.terminalcloud.posapi.PosDocument;
import dev.terminalcloud.posapi.RequestRefusal;
import dev.terminalcloud.transaction.callback.CallbackRefusal;
import dev.terminalcloud.transaction.lifecycle.TransactionFunction;
import dev.terminalcloud.transaction.polling.EnvelopeData;
import dev.terminalcloud.transaction.polling.PollingRefusal;
import io.quarkus.smallrye.openapi.OpenApiFilter;
import java.util.stream.Stream;
import org.eclipse.microprofile.openapi.OASFilter;
import org.eclipse.microprofile.openapi.models.OpenAPI;
import org.eclipse.microprofile.openapi.models.PathItem.HttpMethod;

/** What the code knows of transactions, for the description of the POS API that the build writes. */
@OpenApiFilter(stages = OpenApiFilter.RunStage.BUILD)
public class TransactionDocument implements OASFilter {
    private static final String START = "/POS/Transaction";
    private static final String POLL = "/POS/Transaction/{transactionId}";
    private static final String CANCEL = "/POS/Transaction/{transactionId}/cancel";
    private static final String PARAMETERS = "TransactionParameters";
    private static final String DATA = "TransactionData";

    @Override
    public void filterOpenAPI(OpenAPI openApi) {
        PosDocument document = new PosDocument(openApi)
                .resource("/{pos}/{transaction}", START)
                .resource("/{pos}/{transaction}/{id}", POLL)
                .resource("/{pos}/{transaction}/{id}/{cancel}", CANCEL)
                .refusals(
                        START,
                        HttpMethod.POST,
                        RequestRefusal.values(),
                        StartRefusal.values(),
                        CallbackRefusal.values())
                .refusals(POLL, HttpMethod.GET, PollingRefusal.values(), new RequestRefusal[] {
                    RequestRefusal.NUL_CHARACTER, RequestRefusal.NOT_FOUND, RequestRefusal.INTERNAL
                })
                .refusals(CANCEL, HttpMethod.POST, PollingRefusal.values(), new RequestRefusal[] {
                    RequestRefusal.NUL_CHARACTER,
                    RequestRefusal.HALF_SURROGATE,
                    RequestRefusal.NOT_JSON,
                    RequestRefusal.UNREADABLE_JSON,
                    RequestRefusal.NOT_AN_OBJECT,
                    RequestRefusal.NOT_FOUND,
                    RequestRefusal.BODY_TOO_LONG,
                    RequestRefusal.INTERNAL
                })
                .length(PARAMETERS, "POSRegisterID", StartRequest.REGISTER_ID_LENGTH)
                .length(PARAMETERS, "POSBusinessName", StartRequest.NAME_LENGTH)
                .length(PARAMETERS, "POSVendorName", StartRequest.NAME_LENGTH)
                .values(PARAMETERS, "TransactionMode", Stream.of(StartRequest.ASYNC_MODE, ""))
                .values(PARAMETERS, "TransactionType", functions())
                .length(PARAMETERS, "TransactionReference", StartRequest.REFERENCE_LENGTH)
                .length(PARAMETERS, "Date", StartRequest.REFERENCE_LENGTH)
                .length(PARAMETERS, "SaleData", StartRequest.SALE_DATA_LENGTH)
                .length(PARAMETERS, "PosNotificationCallbackUrl", StartRequest.URL_LENGTH);
        Stream.of("AmountTotal", "AmountCash", "AmountAuth", "AmountFinal")
                .forEach(name -> document.pattern(PARAMETERS, name, "^(?!0+$)" + Amounts.DIGITS.pattern() + "$"));
        document.complete(PARAMETERS)
                .written("Transaction", "Envelope")
                .values(DATA, "Function", functions())
                .values(DATA, "TransactionResult", EnvelopeData.transactionResults())
                .values(DATA, "Result", EnvelopeData.results())
                .finish();
    }

    private static Stream<String> functions() {
        return Stream.of(TransactionFunction.values()).map(TransactionFunction::wireName);
    }
}
