package dev.terminalcloud.virtualdevice.commandline;

import dev.terminalcloud.virtualdevice.VirtualDevice;
import dev.terminalcloud.virtualdevice.behaviour.Ending;
import java.io.PrintWriter;
import java.util.Locale;

/** The commands of a person at the device, typed as one line each. */
final class Keyboard {
    private static final String COMMANDS =
            """
            pair             request a pairing code
            unpair           end the pairing
            card             the customer presents the card: too late for the register to cancel
            approve          the customer pays; also: decline, cancel, fault, unavailable
            power off | on   unplug the power, plug it in
            network off | on the same for the network
            quit             switch off and exit
            """;

    private final VirtualDevice device;
    private final PrintWriter out;

    Keyboard(VirtualDevice device, PrintWriter out) {
        this.device = device;
        this.out = out;
    }

    /** Carries out a typed line; returns whether the device goes on. */
    boolean typed(String line) {
        String command = line.strip().toLowerCase(Locale.ROOT).replaceAll("\\s+", " ");
        switch (command) {
            case "" -> {}
            case "pair" -> device.requestPairingCode();
            case "unpair" -> device.unpair();
            case "card" -> device.readCard();
            case "approve", "decline", "cancel", "fault", "unavailable" ->
                device.endPayment(Ending.valueOf(command.toUpperCase(Locale.ROOT)));
            case "power off" -> device.powerOff();
            case "power on" -> device.powerOn();
            case "network off" -> device.unplugNetwork();
            case "network on" -> device.plugNetwork();
            case "quit" -> {
                return false;
            }
            default -> {
                out.print(COMMANDS);
                out.flush();
            }
        }
        return true;
    }
}
