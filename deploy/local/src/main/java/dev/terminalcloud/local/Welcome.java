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

                  Sandbox      %1$s/ in the browser: a register, terminals and the events between them
                %11$s\
                  Public API   %1$s, documentation at %1$s/docs/
                  Devices      MQTT on %2$s, over WebSocket on %3$s;
                               ids %4$s to %5$s, each with the secret %6$s
                  Kafka        %7$s
                  PostgreSQL   %8$s, user %9$s without a password
                  Logs         %10$s
                """
                .formatted(
                        options.addresses().publicUrl(),
                        options.addresses().publicMqtt(),
                        options.addresses().publicWebSocket(),
                        DemoDevices.first(),
                        options.devices().last(),
                        DemoDevices.SECRET,
                        kafka,
                        postgres,
                        EmbeddedDatabase.ADMINISTRATOR,
                        logs,
                        options.traces() ? traces() : "");
    }

    private String traces() {
        return "  Traces       %s/traces/ in the browser\n"
                .formatted(options.addresses().publicUrl());
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

                curl -X PUT '%s/POS/Pairing/%s' -d POSRegisterID=till-1 -d POSRegisterName='Till 1' -d POSBusinessName='Demo Shop' -d POSVendorName='Demo POS'
                """
                .formatted(DemoDevice.ID, options.addresses().publicUrl(), code);
    }

    private String pay() {
        return """
                curl '%s/POS/Transaction' -d POSRegisterID=till-1 -d POSBusinessName='Demo Shop' -d POSVendorName='Demo POS' -d TransactionMode=ASYNC -d TransactionType=Card.Purchase -d AmountTotal=500
                """
                .formatted(options.addresses().publicUrl());
    }
}
