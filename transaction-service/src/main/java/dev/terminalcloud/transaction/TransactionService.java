package dev.terminalcloud.transaction;

import dev.terminalcloud.httpserver.ServerConnections;
import dev.terminalcloud.posapi.LenientHttpParsing;
import io.quarkus.runtime.annotations.QuarkusMain;

/** Main class of the service. */
@QuarkusMain
public final class TransactionService {
    private TransactionService() {}

    public static void main(String[] arguments) {
        ServerConnections.limit();
        LenientHttpParsing.run(arguments);
    }
}
