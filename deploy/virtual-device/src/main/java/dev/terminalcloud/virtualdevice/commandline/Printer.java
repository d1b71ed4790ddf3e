package dev.terminalcloud.virtualdevice.commandline;

import dev.terminalcloud.virtualdevice.Activity;
import java.io.PrintWriter;
import java.util.function.Consumer;

/** The output of the device to the terminal: what a person at the device would see. */
final class Printer implements Consumer<Activity> {
    private final PrintWriter out;

    Printer(PrintWriter out) {
        this.out = out;
    }

    @Override
    public void accept(Activity activity) {
        if (activity instanceof Activity.Shown shown) {
            print("display  " + shown.text());
        } else if (activity instanceof Activity.Printed printed) {
            print(printed.receipt());
        } else if (activity instanceof Activity.Connected) {
            print("network  connected");
        } else if (activity instanceof Activity.ConnectionLost lost) {
            print("network  no connection: " + lost.reason());
        } else if (activity instanceof Activity.PowerOn) {
            print("power    on");
        } else if (activity instanceof Activity.PowerOff) {
            print("power    off");
        }
    }

    private void print(String line) {
        out.println(line);
        out.flush();
    }
}
