package dev.terminalcloud.virtualdevice.function;

import dev.terminalcloud.virtualdevice.protocol.CloudMessage.Offer;
import java.time.format.DateTimeFormatter;
import java.util.Locale;

/** A receipt of at most 30 columns, which ends in two line feeds. */
final class Receipt {
    private static final int COLUMNS = 30;

    private static final DateTimeFormatter TIME = DateTimeFormatter.ofPattern("dd/MM/yyyy HH:mm:ss", Locale.ROOT);

    private final StringBuilder text = new StringBuilder();

    private Receipt() {}

    /** Starts a receipt with the lines that are on every receipt. */
    static Receipt of(DeviceSnapshot terminal, Offer offer) {
        return new Receipt()
                .centred(terminal.merchant())
                .rule()
                .line("TERMINAL", terminal.terminalRef())
                .line("REFERENCE", terminal.acquirerRef(offer))
                .line("DATE", TIME.format(terminal.now()));
    }

    /** Adds a centred line, or several when the text is long. */
    Receipt centred(String line) {
        for (int from = 0; from < line.length(); from += COLUMNS) {
            String part = line.substring(from, Math.min(line.length(), from + COLUMNS));
            text.append(" ".repeat((COLUMNS - part.length()) / 2)).append(part).append('\n');
        }
        return this;
    }

    /** Adds a line with a name at the left and a value at the right; a long name is cut. */
    Receipt line(String name, String value) {
        String right = value.length() < COLUMNS ? value : value.substring(0, COLUMNS - 1);
        int room = COLUMNS - 1 - right.length();
        String left = name.length() <= room ? name : name.substring(0, room);
        text.append(left)
                .append(" ".repeat(COLUMNS - left.length() - right.length()))
                .append(right)
                .append('\n');
        return this;
    }

    Receipt amount(String name, long cents) {
        long positive = Math.abs(cents);
        String sign = cents < 0 ? "-" : "";
        return line(name, String.format(Locale.ROOT, "%s%d.%02d", sign, positive / 100, positive % 100));
    }

    Receipt rule() {
        text.append("-".repeat(COLUMNS)).append('\n');
        return this;
    }

    String print() {
        return text + "\n";
    }
}
