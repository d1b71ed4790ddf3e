package dev.terminalcloud.transaction.lookup;

import dev.terminalcloud.posapi.CardDataFilter;
import dev.terminalcloud.posapi.PairingToken;
import dev.terminalcloud.posapi.PairingTokenError;
import dev.terminalcloud.posapi.PosParameters;
import dev.terminalcloud.transaction.lifecycle.RegisterIdentity;
import dev.terminalcloud.transaction.lifecycle.TransactionRequest;
import dev.terminalcloud.transaction.polling.Envelope;
import io.smallrye.mutiny.Uni;
import io.vertx.ext.web.RoutingContext;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.Context;
import jakarta.ws.rs.core.MediaType;
import java.util.List;
import java.util.Optional;

/** {@code GET /POS/Transaction}: a register lists its transactions (POS API, section 10). */
@Path("/")
public class LookupResource {
    record TransactionList(List<Envelope> transactions) {}

    private final CardDataFilter cardData;
    private final RegisterTransactions transactions;

    LookupResource(CardDataFilter cardData, RegisterTransactions transactions) {
        this.cardData = cardData;
        this.transactions = transactions;
    }

    @GET
    @Path("/{pos:(?i:pos)}/{transaction:(?i:transaction)}")
    @Produces(MediaType.APPLICATION_JSON)
    public Uni<TransactionList> list(@Context RoutingContext exchange) {
        // A reference with card data is stored as it is masked here.
        PosParameters parameters =
                cardData.mask(PosParameters.read(exchange.request().query(), null, null));
        RegisterIdentity register = RegisterIdentity.of(parameters);
        Optional<String> reference = parameters.optional("POSReferenceID", TransactionRequest.MAX_POS_REFERENCE_LENGTH);
        PairingToken token =
                PairingToken.of(exchange.request()).orElseThrow(PairingTokenError.PAIRING_TOKEN_MISSING::exception);
        return transactions.newest(register, token, reference).map(TransactionList::new);
    }
}
