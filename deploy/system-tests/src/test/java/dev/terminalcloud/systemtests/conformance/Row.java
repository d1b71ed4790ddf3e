package dev.terminalcloud.systemtests.conformance;

/**
 * The promises of the page of the POS API, row by row and rule by rule, in its order. Each row has exactly one test, or a reason why
 * no test from outside can show it.
 */
enum Row {
    BASE("1", "Base: {public-url}/POS"),
    ROUTING_IGNORES_CASE("1", "Routing ignores the case of the literal path segments"),
    TRAILING_SLASH("1", "Routing ignores one trailing slash"),
    FORM_BODY(
            "1",
            "Request body application/x-www-form-urlencoded, UTF-8, ISO-8859-1, windows-1252 or US-ASCII, another one: 415"),
    JSON_BODY("1", "Ours: application/json with the same names"),
    BODY_WINS("1", "Parameters in the form body, the query string, or both: the body wins"),
    QUERY_ALONE("1", "A PUT or POST with an empty body and all parameters in the query string is normal"),
    SLOPPY_BODY("1", "Raw spaces and un-encoded reserved characters in a body are decoded as far as they can be"),
    SLOPPY_QUERY("1", "Un-encoded ASCII characters in a query are decoded as far as they can be"),
    NAMES_IGNORE_CASE("1", "Names are matched ignoring case"),
    UNKNOWN_PARAMETERS("1", "Unknown parameters are ignored, also without =; an empty piece is nothing"),
    NAME_WITH_SPACE("1", "A name may contain a space: Contact+Name"),
    VALUES_AS_RECEIVED("1", "Values are echoed and compared exactly as received after decoding"),
    ALWAYS_JSON("1", "Response body is JSON on every status; errors are {\"error\":\"<text>\"}"),
    SUCCESS_IS_200("1", "Success is exactly 200"),
    WRONG_METHOD("1", "Wrong method: 404"),
    UNKNOWN_PATH("1", "Unknown path: 404"),
    CORS("1", "CORS on every response, errors included"),
    PRE_FLIGHT("1", "OPTIONS pre-flight for PUT, POST, GET, DELETE with Content-Type, Idempotency-Key, Pairing-Token"),
    EXPOSED_HEADERS("1", "Pairing-Token and Retry-After are exposed"),
    BODY_LIMIT("1", "Bodies over 256 KiB: 413"),
    SALE_DATA_LIMIT("1", "SaleData of 64 KiB passes, in the body and in the query"),
    JAVASCRIPT("1", "As JavaScript sends it: encodeURIComponent"),
    C_SHARP("1", "As C# sends it: FormUrlEncodedContent"),
    PHP("1", "As PHP sends it: http_build_query"),
    CURL("1", "As curl -d and PowerShell send it: raw"),
    QUERY("1", "As some send it: all in the query, an empty body"),
    DELPHI("1", "As Delphi sends it: charset=utf-8, lower-case escapes"),

    REGISTER_ID("2", "POSRegisterID: mandatory, 1-128 characters"),
    REGISTER_ID_FORMS("2", "POSRegisterID: UUIDs, db/uuid, MAC addresses, plain numbers"),
    REGISTER_NAME("2", "POSRegisterName: mandatory"),
    REGISTER_NAME_MAY_CHANGE("2", "POSRegisterName: may change, not part of the identity"),
    BUSINESS_NAME("2", "POSBusinessName: mandatory"),
    BUSINESS_RENAMED("2", "POSBusinessName: identical in every transaction; a rename needs a new pairing"),
    VENDOR_NAME("2", "POSVendorName: mandatory, identical in every transaction"),
    CONTACT("2", "Contact Name, Address, City, State, ZipCode, Email, Phone: not mandatory"),
    PAIRED("2", "200 {\"result\":\"success\"}, exactly"),
    WRONG_CODE("2", "400 Invalid Pairing Code: wrong"),
    USED_CODE("2", "400 Invalid Pairing Code: used"),
    EXPIRED_CODE("2", "400 Invalid Pairing Code: expired; codes are valid for 2 minutes"),
    CODE_FORM("2", "A code is 8 decimal digits, unique among the live ones"),
    FRESH_CODE("2", "A device may ask for a fresh code, and the older one stops working then"),
    CLAIMED_ONCE("2", "A code is claimed by one atomic update"),
    CLAIM_REPEATED("2", "The same register that sends the same code again gets 200 again"),
    REGISTER_MOVES("2", "Pairing a register with another device ends its old pairing; both sides are told"),
    DEVICE_MOVES("2", "Pairing a device with another register ends the register's; both sides are told"),
    DEVICE_UNPAIRS("2", "The device unpairs"),
    PAIRING_TOKEN("2", "Ours: the header Pairing-Token, 256 random bits, new with each pairing"),
    DEVICE_IS_NOTIFIED("2", "The device is told the result and shows {POSBusinessName}: {POSRegisterName}"),

    NAMES_MANDATORY("3", "POSRegisterID, POSBusinessName, POSVendorName: mandatory"),
    NAMES_EXACT("3", "POSRegisterID, POSBusinessName, POSVendorName: compared exactly"),
    TRANSACTION_MODE("3", "TransactionMode: ASYNC"),
    TRANSACTION_TYPE("3", "TransactionType: mandatory; unknown: 400 naming it"),
    SALE_DATA("3", "SaleData: handed to the device and echoed in this transaction's own result"),
    CALLBACK_URL("3", "PosNotificationCallbackUrl: absolute http(s) URL, otherwise 400 naming it"),
    AMOUNTS("3", "Amounts: whole cents in decimal digits, positive and not zero, at most 999999999"),
    CARD_PURCHASE("3", "Card.Purchase: AmountTotal"),
    CARD_PURCHASE_PLUS_CASH("3", "Card.PurchasePlusCash: AmountTotal, AmountCash < AmountTotal"),
    CARD_CASH_ADVANCE("3", "Card.CashAdvance: AmountTotal"),
    CARD_REFUND("3", "Card.Refund: AmountTotal"),
    CARD_AUTHORISE("3", "Card.Authorise: AmountAuth, TransactionReference optional"),
    CARD_FINALISE("3", "Card.Finalise: AmountFinal, TransactionReference"),
    QR_MERCHANT_PURCHASE("3", "QR.Merchant.Purchase: AmountTotal"),
    QR_CONSUMER_PURCHASE("3", "QR.Consumer.Purchase: AmountTotal"),
    QR_REFUND("3", "QR.Refund: AmountTotal"),
    ACQUIRER_LOGON("3", "Acquirer.Logon: none"),
    ACQUIRER_SETTLEMENT_INQUIRY("3", "Acquirer.Settlement.Inquiry: Date optional"),
    ACQUIRER_SETTLEMENT_CUTOVER("3", "Acquirer.Settlement.Cutover: none"),
    JOURNAL_REPRINT_RECEIPT("3", "Journal.ReprintReceipt: none"),
    JOURNAL_GET_TRANS_RESULT("3", "Journal.GetTransResult: none"),
    TERMINAL_GET_STATUS("3", "Terminal.GetStatus: none"),
    TERMINAL_READ_CARD("3", "Terminal.ReadCard: none"),
    REPLY("3", "Reply in ASYNC mode: the envelope, 200, at once"),
    TIME_STAMP("3", "transactionTimeStamp: 18 digits, yyyyMMddHHmmss + 4 fraction digits, UTC"),
    POLLING_URL("3", "PollingUrl is absolute and used verbatim"),
    MERCHANT_ID("3", "merchantId is stable per vendor + business"),
    DEVICE_ID("3", "Device ids are up to 14 decimal digits"),
    NOT_PAIRED("3", "400 This register is not paired to a device, please pair it first."),
    BUSY("3", "429 device is busy"),
    NOTHING_STARTED("3", "503, Retry-After: nothing was started", "needs a broken database", "InDoubtCommitTest"),
    DURABLE("3", "A 200 survives the loss of any one process", "needs processes to kill", "ReplicasTest"),

    TOKEN_IS_ENOUGH("4", "No header needed; the token in the query is the only credential"),
    READ_AGAIN("4", "A completed answer can be read again any number of times"),
    RECORD_EXPIRY("4", "The envelope without PollingUrl, plus RecordExpiry at its root, 180 days after the POST"),
    RUNNING("4", "running: PENDING, no TransactionResult, no Result"),
    DEVICE_LOST("4", "the device lost its connection: PENDING, OK-DELAYED, DELAYED-TRANSACTION"),
    OVERDUE("4", "taking long: PENDING, OK-DELAYED, DELAYED-TRANSACTION"),
    APPROVED("4", "approved: COMPLETED, OK-ACCEPTED, OK"),
    DECLINED("4", "declined: COMPLETED, OK-DECLINED, OK"),
    CANCELLED("4", "cancelled on the device: COMPLETED, CANCELLED, CANCELLED"),
    NOT_REACHED("4", "the device could not be reached: COMPLETED, CANCELLED, FAILED-INTERFACE"),
    UNAVAILABLE("4", "the acquirer could not be reached: COMPLETED, OK-UNAVAILABLE, OK"),
    FAULT("4", "the device reports a fault: COMPLETED, FAILED, FAILED"),
    ACQUIRER_DONE("4", "Acquirer.* done: OK-ACCEPTED, OK, with AcquirerRef, TerminalRef, Receipt"),
    GET_STATUS("4", "Terminal.GetStatus: TransactionResult absent, OK, with Status"),
    GET_TRANS_RESULT("4", "Journal.GetTransResult: of the transaction reported, with ReferenceId"),
    REPRINT("4", "Journal.ReprintReceipt: OK-ACCEPTED, OK, with the Receipt printed"),
    READ_CARD("4", "Terminal.ReadCard: OK-ACCEPTED, OK, with CardPan, CardType"),
    MEMBERS("4", "data is an object with the members of the page; AmountTotal is requested + surcharge + tip"),
    ALL_STRINGS("4", "All values of data are strings; an amount is digits or absent, never empty"),
    ACCEPTED_CARD("4", "An accepted card transaction has CardType, AmountTotal, AmountSurcharge and AmountTip"),
    RECEIPT("4", "Receipt: 30 columns, \\n between lines, ends in two \\n, as the device made it"),
    TOKEN_EXPIRED("4", "401 Token expired: more than 15 minutes after the POST"),
    INVALID_TOKEN("4", "401 Invalid token: missing or wrong token"),
    UNKNOWN_TRANSACTION("4", "401 Invalid token: the same answer for an unknown transaction"),
    POLLING_OFTEN("4", "429 for abuse only: a POS that polls every second never sees it"),

    FINAL("5", "A final result is never changed"),
    CERTAIN("5", "FAILED-INTERFACE only when the device did not and will not run it"),
    IN_DOUBT("5", "In any other doubt PENDING with OK-DELAYED until the device tells"),
    STAYS_DELAYED("5", "OK-DELAYED once shown stays until the end"),
    OPERATOR("5", "An operator states the outcome, audited", "is not part of the public API", "ManualResolutionTest"),
    NEW_EACH_TIME("5", "Without an Idempotency-Key each accepted POST is a new transaction"),

    MODE_MISSING("6", "TransactionMode missing: held until the transaction ends"),
    MODE_EMPTY("6", "TransactionMode empty: held until the transaction ends"),
    HELD(
            "6",
            "At most 110 s, then the pending envelope, delayed, with its PollingUrl; gateway routes leave it that"
                    + " time"),
    CLIENT_LEAVES("6", "A client that disconnects changes nothing about the transaction"),
    SHUT_DOWN("6", "Shut-down leaves a held request its 110 s", "needs processes to stop", "ReplicasTest"),

    FULL_SALE("7", "A document with all members passes, and reaches the device as it was sent"),
    NOT_JSON("7", "Not JSON at all: 400"),
    MISSING_MEMBERS("7", "JSON with missing members is passed on"),

    CODES_PER_REGISTER("8", "Wrong codes: per client address and register 5, then 429 with Retry-After"),
    CODES_PER_ADDRESS("8", "Wrong codes: per client address 30 an hour plus its pairings, then 429 with Retry-After"),
    FORGED_ADDRESS("8", "The client address comes from the trusted hop only"),
    ALARM("8", "Over 60 wrong codes a minute raise an alert", "is not visible from outside", "WrongCodeAlertTest"),
    TRANSACTIONS_PER_SECOND("8", "Transactions: no limit below 10 a second per register"),
    CONFIGURABLE(
            "8", "All limits are configuration", "is not visible from outside", "WrongCodeLimiterConfigurationTest"),

    CALLBACK("9", "POST of JSON: the completed poll body without merchantAccessToken"),
    SIGNED("9", "Signed as Standard Webhooks with the merchantAccessToken"),
    ANY_2XX("9", "Any 2xx ends it"),
    RETRIES("9", "Otherwise again after 5 s and 30 s, with the same webhook-id"),
    LATER_RETRIES("9", "Otherwise again after 2 min and 10 min"),
    LAST_RETRIES("9", "Otherwise again after 1 h, 6 h, 24 h, then given up", "takes 31 hours", "CallbackTest"),
    REDIRECT("9", "Redirects are not followed"),
    LONG_ANSWER("9", "The answer body is not read beyond 1 KiB"),
    SILENT("9", "10 s time-out"),
    PRIVATE_TARGET("9", "Targets on private addresses are refused", "is not visible from outside", "CallbackUrlTest"),

    IDEMPOTENT("10", "The same Idempotency-Key with the same parameters is answered with the first transaction"),
    IDEMPOTENT_TWICE("10", "Two starts with the same Idempotency-Key at the same time make one transaction"),
    IDEMPOTENT_OTHER("10", "The same Idempotency-Key with other parameters: 422"),
    KEY_KEPT("10", "An Idempotency-Key is kept 24 h", "takes a day", "IdempotencyKeyCleanupTest"),
    OWN_REFERENCE("10", "POSReferenceID is returned in data, and lists the register's transactions"),
    RESULT_BY_REGISTER("10", "The pairing token of the register reads a transaction by its id"),
    OTHER_REGISTER("10", "The transaction of another register is answered as one that does not exist"),
    LONG_POLL("10", "wait answers as soon as the version differs"),
    EVENT_STREAM("10", "An event stream has the state at once and at each change, and ends after the final one"),
    DELIVERY("10", "Delivery: from the first answer to the last"),
    PROMPT("10", "Prompt: shown by the device now, absent after the end"),
    CANCEL_AT_ONCE("10", "Cancel of an unclaimed transaction: CANCELLED at once"),
    CANCEL_ASKED("10", "Cancel of a running transaction: REQUESTED, then DONE"),
    AUTHORISE_INCREMENT("10", "Card.Authorise.Increment: AmountAuth, TransactionReference"),
    AUTHORISE_CANCEL(
            "10", "Card.Authorise.Cancel: TransactionReference; accepted means that the authorisation is cancelled"),
    LINKED_REFUND("10", "OriginalTransactionId on Card.Refund: the device gets the references of the original"),
    REFUND_LIMIT(
            "10",
            "Linked refunds are never more than was paid, also at the same time: otherwise 400 with what is left"),
    REFUND_DELAYED("10", "A linked refund that is delayed counts until its outcome is known"),
    DEVICE_PRESENCE("10", "Device presence: online, connectedSince or lastSeen, status, model, firmware, busy"),
    DEVICE_PROBED("10", "Device presence with probe=true: roundTripMillis"),
    DEVICE_SILENT("10", "Device presence with probe=true: 504 if the device does not answer"),
    DEVICE_OF_ANOTHER("10", "Device presence asks for the register's pairing token"),
    UNPAIRED_NOTIFIED("10", "Notifications: register.unpaired, signed as Standard Webhooks"),
    PRESENCE_NOTIFIED("10", "Notifications: device.offline after 30 s, then device.online"),
    MOVED_NOTIFIED("10", "Notifications: register.moved, to the URL of the earlier pairing"),
    NOTIFICATION_URL(
            "10", "Notifications: PosNotificationCallbackUrl must be an absolute http(s) URL, otherwise 400 naming it");

    private final String section;
    private final String text;
    private final String outOfReach;
    private final String shownBy;

    Row(String section, String text) {
        this(section, text, "", "");
    }

    Row(String section, String text, String outOfReach, String shownBy) {
        this.section = section;
        this.text = text;
        this.outOfReach = outOfReach;
        this.shownBy = shownBy;
    }

    /** Returns the section of the page. */
    String section() {
        return section;
    }

    String text() {
        return text;
    }

    /** Returns the reason why no test from outside can show it, or "" if one does. */
    String outOfReach() {
        return outOfReach;
    }

    /** Returns the internal test class that shows it instead, or "". */
    String shownBy() {
        return shownBy;
    }
}
