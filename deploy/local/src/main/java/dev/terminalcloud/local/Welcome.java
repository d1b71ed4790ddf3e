package dev.terminalcloud.local;

import dev.terminalcloud.embedded.EmbeddedDatabase;
import java.nio.file.Path;
import java.util.Optional;

/**
 * The text that is printed when everything is ready: addresses, and commands to try.
 *
 * @param kafka the address of Kafka
 * @param postgres the address of PostgreSQL
 * @param logs the folder of logs
 */
record Welcome(Options options, String kafka, String postgres, Path logs) {

    /** Returns all addresses. */
    String addresses() {
        return """

                  Sandbox      http://localhost:%1$d/ in the browser: a register, terminals and the events between them
                  Public API   http://localhost:%1$d, documentation at http://localhost:%1$d/docs/
                  Devices      MQTT on localhost:%2$d, over WebSocket on ws://localhost:%1$d/device;
                               ids %3$s to %4$s, each with the secret %5$s
                  Kafka        %6$s
                  PostgreSQL   %7$s, user %8$s without a password
                  Logs         %9$s
                """
                .formatted(
                        options.port(),
                        options.mqttPort(),
                        DemoDevices.first(),
                        options.devices().last(),
                        DemoDevices.SECRET,
                        kafka,
                        postgres,
                        EmbeddedDatabase.ADMINISTRATOR,
                        logs);
    }

    /**
     * Returns the commands to try.
     *
     * @param code the pairing code of the virtual device; empty if it is paired
     */
    String walkThrough(Optional<String> code) {
        String pair = code.map(this::pair)
                .orElse("  The virtual device %s is still paired from an earlier start.\n".formatted(DemoDevice.ID));
        return """
                %s
                  Take a payment of 5.00 on it, then fetch the PollingUrl of the answer with curl:

                %s
                  Press Ctrl-C to stop everything.
                """
                .formatted(pair, pay());
    }

    /** Returns the command that pairs with this code. */
    String pair(String code) {
        return """
                  Pair a till with the virtual device %s, within 2 minutes:

                curl -X PUT 'http://localhost:%d/POS/Pairing/%s' -d POSRegisterID=till-1 -d POSRegisterName='Till 1' -d POSBusinessName='Demo Shop' -d POSVendorName='Demo POS'
                """
                .formatted(DemoDevice.ID, options.port(), code);
    }

    private String pay() {
        return """
                curl 'http://localhost:%d/POS/Transaction' -d POSRegisterID=till-1 -d POSBusinessName='Demo Shop' -d POSVendorName='Demo POS' -d TransactionMode=ASYNC -d TransactionType=Card.Purchase -d AmountTotal=500
                """
                .formatted(options.port());
    }
}
