package dev.terminalcloud.systemtests.fuzz;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * A valid request, before the test corrupts it.
 *
 * @param title the name for people
 * @param path the path, with {@code *} in the place of the parameter in the path
 * @param corruptible the parameters to corrupt: those that several requests share are corrupted in one of them
 */
record Endpoint(String title, String method, String path, List<Parameter> parameters, List<Parameter> corruptible) {
    private static final Parameter ID = new Parameter("transactionId", "5b2f0b62-4f0e-4e8e-9d54-3a6a1d9f0c11", true);
    private static final Parameter TOKEN = Parameter.of("merchantAccessToken", "f1d7c0de-1f2e-4c3b-8a9d-0e1f2a3b4c5d");

    Endpoint(String title, String method, String path, List<Parameter> parameters) {
        this(title, method, path, parameters, parameters);
    }

    /** Returns all requests of a register; {@code names} are those of a paired register. */
    static List<Endpoint> all(Map<String, String> names) {
        List<Parameter> register = Stream.of("POSRegisterID", "POSBusinessName", "POSVendorName")
                .map(name -> Parameter.of(name, names.get(name)))
                .toList();
        return List.of(
                pairing(register, names.get("POSRegisterName")),
                new Endpoint("unpair", "DELETE", "/POS/Pairing", register),
                start("Card.Purchase", register, Parameter.of("AmountTotal", "500")),
                start(
                        "Card.PurchasePlusCash",
                        register,
                        Parameter.of("AmountTotal", "500"),
                        Parameter.of("AmountCash", "200")),
                start(
                        "Card.Authorise",
                        register,
                        Parameter.of("AmountAuth", "500"),
                        Parameter.of("TransactionReference", "ref-1")),
                start(
                        "Card.Authorise.Increment",
                        register,
                        Parameter.of("AmountAuth", "500"),
                        Parameter.of("TransactionReference", "ref-1")),
                start("Card.Authorise.Cancel", register, Parameter.of("TransactionReference", "ref-1")),
                start(
                        "Card.Refund",
                        register,
                        Parameter.of("AmountTotal", "500"),
                        Parameter.of("OriginalTransactionId", "5b2f0b62-4f0e-4e8e-9d54-3a6a1d9f0c11")),
                start(
                        "Card.Finalise",
                        register,
                        Parameter.of("AmountFinal", "500"),
                        Parameter.of("TransactionReference", "ref-1")),
                start("Acquirer.Settlement.Inquiry", register, Parameter.of("Date", "20261122")),
                new Endpoint(
                        "device",
                        "GET",
                        "/POS/Device",
                        Stream.concat(register.stream(), Stream.of(Parameter.of("probe", "false")))
                                .toList()),
                new Endpoint(
                        "list",
                        "GET",
                        "/POS/Transaction",
                        Stream.concat(register.stream(), Stream.of(Parameter.of("POSReferenceID", "S-1001")))
                                .toList()),
                new Endpoint(
                        "poll",
                        "GET",
                        "/POS/Transaction/*",
                        List.of(ID, TOKEN, Parameter.of("wait", "1"), Parameter.of("version", "0"))),
                new Endpoint("cancel", "POST", "/POS/Transaction/*/cancel", List.of(ID, TOKEN)));
    }

    private static Endpoint pairing(List<Parameter> register, String registerName) {
        List<Parameter> parameters = new ArrayList<>(register);
        parameters.add(new Parameter("pairingCode", "12345678", true));
        parameters.add(Parameter.of("POSRegisterName", registerName));
        for (String contact : List.of("Contact Name", "Address", "City", "State", "ZipCode", "Email", "Phone")) {
            parameters.add(Parameter.of(contact, "some text"));
        }
        parameters.add(Parameter.of("PosNotificationCallbackUrl", "http://127.0.0.1:9/notifications"));
        return new Endpoint("pair", "PUT", "/POS/Pairing/*", parameters);
    }

    private static Endpoint start(String type, List<Parameter> register, Parameter... own) {
        List<Parameter> parameters = new ArrayList<>(register);
        parameters.add(Parameter.of("TransactionMode", "ASYNC"));
        parameters.add(Parameter.of("TransactionType", type));
        parameters.add(Parameter.of("POSReferenceID", "S-1001"));
        parameters.add(Parameter.of("SaleData", "{\"version\":\"1.0.0\",\"saleData\":{}}"));
        parameters.add(Parameter.of("PosNotificationCallbackUrl", "http://127.0.0.1:9/callback"));
        parameters.addAll(List.of(own));
        boolean first = type.equals("Card.Purchase");
        return new Endpoint("start " + type, "POST", "/POS/Transaction", parameters, first ? parameters : List.of(own));
    }

    /** A poll has no body. */
    List<Placement> placements() {
        return method.equals("GET") ? List.of(Placement.QUERY) : List.of(Placement.values());
    }

    Optional<Parameter> inPath() {
        return parameters.stream().filter(Parameter::inPath).findFirst();
    }
}
