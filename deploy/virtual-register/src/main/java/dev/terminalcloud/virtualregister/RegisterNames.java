package dev.terminalcloud.virtualregister;

import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.UUID;

/**
 * The names that a register sends with each request: its id, its own name, that of its business and that of its vendor.
 *
 * @param parameters the names by their parameters, such as {@code POSRegisterID}
 */
public record RegisterNames(Map<String, String> parameters) {
    private static final String ID = "POSRegisterID";
    private static final String NAME = "POSRegisterName";
    private static final String BUSINESS = "POSBusinessName";
    private static final String VENDOR = "POSVendorName";

    public RegisterNames {
        parameters = Collections.unmodifiableMap(new LinkedHashMap<>(parameters));
    }

    /** Returns the names of a register with a random id. */
    public static RegisterNames random(String registerName, String businessName, String vendorName) {
        return of(UUID.randomUUID().toString(), registerName, businessName, vendorName);
    }

    public static RegisterNames of(String id, String registerName, String businessName, String vendorName) {
        Map<String, String> parameters = new LinkedHashMap<>();
        parameters.put(ID, id);
        parameters.put(NAME, registerName);
        parameters.put(BUSINESS, businessName);
        parameters.put(VENDOR, vendorName);
        return new RegisterNames(parameters);
    }

    /** Returns the same names, one of them with another value. */
    public RegisterNames with(String parameter, String value) {
        Map<String, String> changed = copy();
        changed.put(parameter, value);
        return new RegisterNames(changed);
    }

    /** Returns the names without this one: only a pairing needs {@code POSRegisterName}. */
    public RegisterNames without(String parameter) {
        Map<String, String> changed = copy();
        changed.remove(parameter);
        return new RegisterNames(changed);
    }

    public String id() {
        return parameters.get(ID);
    }

    public String registerName() {
        return parameters.get(NAME);
    }

    public String businessName() {
        return parameters.get(BUSINESS);
    }

    public String vendorName() {
        return parameters.get(VENDOR);
    }

    /** Returns the parameters of {@code Card.Purchase} in ASYNC mode; the caller may change them. */
    public Map<String, String> purchase(long amountTotal) {
        return transaction("Card.Purchase", Map.of("AmountTotal", Long.toString(amountTotal)));
    }

    /** Returns the parameters of a transaction in ASYNC mode; the caller may change them. */
    public Map<String, String> transaction(String type, Map<String, String> others) {
        Map<String, String> transaction = copy();
        transaction.put("TransactionMode", "ASYNC");
        transaction.put("TransactionType", type);
        transaction.putAll(others);
        return transaction;
    }

    /** Returns a map that the caller may change. */
    public Map<String, String> copy() {
        return new LinkedHashMap<>(parameters);
    }
}
