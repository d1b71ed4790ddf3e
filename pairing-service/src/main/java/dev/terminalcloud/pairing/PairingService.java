package dev.terminalcloud.pairing;

import dev.terminalcloud.httpserver.ServerConnections;
import dev.terminalcloud.posapi.LenientHttpParsing;
import io.quarkus.runtime.annotations.QuarkusMain;

/** Main class of the process. */
@QuarkusMain
public final class PairingService {
    private PairingService() {}

    public static void main(String[] arguments) {
        ServerConnections.limit();
        LenientHttpParsing.run(arguments);
    }
}
