package dev.terminalcloud.systemtests.conformance;

import static dev.terminalcloud.systemtests.conformance.Expected.INVALID_CODE;
import static dev.terminalcloud.systemtests.conformance.Expected.INVALID_TOKEN;
import static dev.terminalcloud.systemtests.conformance.Expected.assertError;
import static dev.terminalcloud.systemtests.conformance.Expected.assertNames;
import static dev.terminalcloud.systemtests.conformance.Expected.assertRefused;
import static dev.terminalcloud.virtualregister.FormBody.encode;
import static dev.terminalcloud.virtualregister.PosRequests.form;

import dev.terminalcloud.virtualregister.Answer;
import dev.terminalcloud.virtualregister.VirtualRegister;
import java.net.URI;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.util.List;
import java.util.UUID;

/** Section 1: which requests reach what. */
@Conformance
class RoutingConformanceTest {
    private static final String SOME_CODE = "0000";

    private final VirtualRegister register;

    RoutingConformanceTest(TargetSystem cloud) {
        this.register = cloud.register();
    }

    @Proves(Row.BASE)
    void pairingsAndTransactionsAreBelowTheBase() {
        assertRefused(pairs(register.url("Pairing/" + SOME_CODE)), 400, INVALID_CODE);
        assertNames(starts(register.url("Transaction")), "TransactionType");
        assertRefused(polls(register.url("Transaction/" + UUID.randomUUID())), 401, INVALID_TOKEN);
    }

    @Proves(Row.ROUTING_IGNORES_CASE)
    void literalSegmentsMatchInAnyCase() {
        for (String path : List.of("/pos/pairing/", "/POS/PAIRING/", "/Pos/pAIRING/")) {
            assertRefused(pairs(register.url(path + SOME_CODE)), 400, INVALID_CODE);
        }
        for (String path : List.of("/pos/transaction", "/POS/TRANSACTION", "/pOS/Transaction")) {
            assertNames(starts(register.url(path)), "TransactionType");
            assertRefused(polls(register.url(path + "/" + UUID.randomUUID())), 401, INVALID_TOKEN);
        }
    }

    @Proves(Row.TRAILING_SLASH)
    void oneTrailingSlashIsNothing() {
        assertRefused(pairs(register.url("Pairing/" + SOME_CODE + "/")), 400, INVALID_CODE);
        assertNames(starts(register.url("Transaction/")), "TransactionType");
        assertRefused(polls(register.url("Transaction/" + UUID.randomUUID() + "/")), 401, INVALID_TOKEN);
    }

    @Proves(Row.WRONG_METHOD)
    void wrongMethodsAreNotFound() {
        for (String method : List.of("GET", "POST", "DELETE", "PATCH")) {
            assertError(sends(method, register.url("Pairing/" + SOME_CODE)), 404);
        }
        for (String method : List.of("PUT", "PATCH", "DELETE")) {
            assertError(sends(method, register.url("Transaction")), 404);
            assertError(sends(method, register.url("Transaction/" + UUID.randomUUID())), 404);
        }
    }

    @Proves(Row.UNKNOWN_PATH)
    void unknownPathsAreNotFound() {
        for (String path : List.of(
                "Unknown", "Pairing", "Pairing/1/2", "Transaction/1/2/3", "/nothing", "/POS", "/admin/devices/1")) {
            assertError(polls(register.url(path)), 404);
        }
    }

    private Answer pairs(URI url) {
        return register.send(form(url).PUT(BodyPublishers.ofString(encode(register.names()))));
    }

    private Answer starts(URI url) {
        return register.send(form(url).POST(BodyPublishers.ofString(encode(register.names()))));
    }

    private Answer polls(URI url) {
        return sends("GET", url);
    }

    private Answer sends(String method, URI url) {
        return register.send(HttpRequest.newBuilder(url).method(method, BodyPublishers.noBody()));
    }
}
