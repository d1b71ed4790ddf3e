package dev.terminalcloud.posapi;

import java.util.Arrays;
import java.util.Locale;

/**
 * Text of a POS request that may contain card data; in lower case the label {@code member} of its metric. A text that
 * decides who is meant or where to send something is kept as it is: masking it would make two registers one, or lose a callback.
 */
enum PosText {
    REGISTER_ID("POSRegisterID", true),
    BUSINESS_NAME("POSBusinessName", true),
    VENDOR_NAME("POSVendorName", true),
    CALLBACK_URL("PosNotificationCallbackUrl", true),
    REGISTER_NAME("POSRegisterName", false),
    CONTACT_NAME("Contact Name", false),
    ADDRESS("Address", false),
    CITY("City", false),
    STATE("State", false),
    ZIP_CODE("ZipCode", false),
    EMAIL("Email", false),
    PHONE("Phone", false),
    TRANSACTION_REFERENCE("TransactionReference", false),
    REFERENCE_ID("POSReferenceID", false),
    DATE("Date", false),
    /** A JSON document, whose values are masked one by one. */
    SALE_DATA("SaleData", false),
    /** Any other parameter. */
    OTHER("", false);

    private final String parameter;
    private final boolean isKept;

    PosText(String parameter, boolean isKept) {
        this.parameter = parameter;
        this.isKept = isKept;
    }

    static PosText of(String parameter) {
        return Arrays.stream(values())
                .filter(text -> text.parameter.equalsIgnoreCase(parameter))
                .findFirst()
                .orElse(OTHER);
    }

    /** Returns whether it stays as it is, and card data in it is only counted. */
    boolean isKept() {
        return isKept;
    }

    String label() {
        return name().toLowerCase(Locale.ROOT);
    }
}
