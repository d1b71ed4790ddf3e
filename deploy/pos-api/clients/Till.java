import dev.terminalcloud.client.ApiClient;
import dev.terminalcloud.client.api.PairingApi;
import dev.terminalcloud.client.api.TransactionsApi;
import dev.terminalcloud.client.model.Transaction;
import java.net.URI;
import java.util.UUID;

/**
 * A till on the generated Java client: pairs, pays 5.00, polls until the end, and cancels a second payment.
 *
 * <p>Arguments: the URL of the gateway, and the pairing code on a device. The last line is the result as JSON.
 */
final class Till {
    private static final String REGISTER = UUID.randomUUID().toString();
    private static final String BUSINESS = "Café & Söhne";
    private static final String VENDOR = "Generated Java";

    private Till() {}

    public static void main(String[] arguments) throws Exception {
        URI gateway = URI.create(arguments[0]);
        ApiClient client = new ApiClient();
        client.updateBaseUri(gateway.toString());
        new PairingApi(client)
                .pair(arguments[1], REGISTER, "Till", BUSINESS, VENDOR, null, null, null, null, null, null, null, null);
        TransactionsApi transactions = new TransactionsApi(client);
        Transaction paid = start(transactions, "500");
        while (paid.getTransactionStatus() != Transaction.TransactionStatusEnum.COMPLETED) {
            Thread.sleep(200);
            paid = transactions.pollTransaction(paid.getTransactionId(), paid.getMerchantAccessToken(), null, null, null, null);
        }
        Transaction second = start(transactions, "559");
        Transaction cancelled =
                transactions.cancelTransaction(second.getTransactionId(), second.getMerchantAccessToken());
        System.out.printf(
                "{\"result\":\"%s\",\"total\":\"%s\",\"business\":\"%s\",\"cancelIsAnswered\":%s}%n",
                paid.getData().getTransactionResult(),
                paid.getData().getAmountTotal(),
                paid.getData().getPosBusinessName(),
                cancelled.getTransactionId().equals(second.getTransactionId()));
    }

    private static Transaction start(TransactionsApi transactions, String amountTotal) throws Exception {
        // A start that is sent again with this key, since its response is lost, is the same transaction.
        String key = UUID.randomUUID().toString();
        return transactions.startTransaction(
                REGISTER, BUSINESS, VENDOR, "Card.Purchase", null, key, "ASYNC", amountTotal, null, null, null, null, null, null, null, null, null);
    }
}
