package dev.terminalcloud.posapi;

import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.stream.Stream;

/** Kind of the value of a parameter, which decides whether a raw {@code &} can be part of it. */
enum ValueKind {
    /** Names and references that people choose: {@code Fish & Chips}. */
    FREE_TEXT,
    /** A JSON document: what comes before its end is part of it. */
    JSON,
    /** Numbers, codes, tokens and URLs: never with a raw {@code &}. */
    CLOSED;

    private static final Map<String, ValueKind> BY_PARAMETER = new TreeMap<>(String.CASE_INSENSITIVE_ORDER);

    static {
        FREE_TEXT.isKindOf("POSRegisterID", "POSRegisterName", "POSBusinessName", "POSVendorName");
        FREE_TEXT.isKindOf("Contact Name", "Address", "City", "State", "ZipCode", "Email", "Phone");
        FREE_TEXT.isKindOf("TransactionReference", "POSReferenceID");
        JSON.isKindOf("SaleData");
        CLOSED.isKindOf("AmountTotal", "AmountCash", "AmountAuth", "AmountFinal", "Date", "OriginalTransactionId");
        CLOSED.isKindOf("TransactionMode", "TransactionType", "PosNotificationCallbackUrl", "merchantAccessToken");
    }

    private void isKindOf(String... parameters) {
        Stream.of(parameters).forEach(parameter -> BY_PARAMETER.put(parameter, this));
    }

    /** Returns the kind of the parameter; absent if the POS API does not have such a parameter. */
    static Optional<ValueKind> of(String parameter) {
        return Optional.ofNullable(BY_PARAMETER.get(parameter));
    }
}
