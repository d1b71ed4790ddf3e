package dev.terminalcloud.systemtests.posapi;

import java.util.HashMap;
import java.util.Map;

/** Runs that provoke the responses to a register that lists its transactions. */
final class ListRuns {
    static final String PATH = "/POS/Transaction?POSRegisterID=R&POSBusinessName=B&POSVendorName=V";

    private ListRuns() {}

    static Map<String, Run> all() {
        Map<String, Run> runs = new HashMap<>();
        runs.put("listTransactions 200 noTransactions", ListRuns::none);
        runs.put("listTransactions 400 missing", getting("/POS/Transaction?POSVendorName=V&POSBusinessName=B"));
        runs.put(
                "listTransactions 400 tooLong",
                getting("/POS/Transaction?POSVendorName=V&POSBusinessName=B&POSRegisterID=" + "r".repeat(129)));
        runs.put("listTransactions 400 nulCharacter", getting("/POS/Transaction?POSRegisterID=%00"));
        runs.put("listTransactions 400 tooManyPieces", getting("/POS/Transaction?" + "&".repeat(1_000)));
        runs.put("listTransactions 400 tooManyParameters", getting("/POS/Transaction?" + "a=&".repeat(201)));
        runs.put("listTransactions 401 pairingTokenMissing", getting(PATH));
        runs.put(
                "listTransactions 401 pairingTokenInvalid",
                registers -> registers.caller().withToken("guessed").get(PATH));
        runs.put(
                "listTransactions 404 notFound",
                registers -> Form.QUERY.send(registers.caller(), "DELETE", "/POS/Transaction", Map.of()));
        return runs;
    }

    private static Run getting(String path) {
        return registers -> registers.caller().get(path);
    }

    private static Reply none(RegisterFactory registers) throws Exception {
        try (TestRegister register = registers.create().paired()) {
            return register.list();
        }
    }
}
