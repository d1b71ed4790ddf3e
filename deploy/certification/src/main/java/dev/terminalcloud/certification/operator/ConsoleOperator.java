package dev.terminalcloud.certification.operator;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.Reader;
import java.io.UncheckedIOException;
import java.time.Duration;
import java.util.Locale;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;

/** A person in front of a terminal window. An {@code s} instead of an answer, or while the suite waits, skips the check. */
public final class ConsoleOperator implements DeviceOperator {
    private static final String END = "end of input";

    private final PrintWriter out;
    private final BlockingQueue<String> typed = new LinkedBlockingQueue<>();

    /** Reads lines on a daemon thread until there are no more. */
    public ConsoleOperator(Reader in, PrintWriter out) {
        this.out = out;
        Thread reader = new Thread(() -> read(new BufferedReader(in)), "console");
        reader.setDaemon(true);
        reader.start();
    }

    private void read(BufferedReader in) {
        try {
            in.lines().map(line -> line.strip().toLowerCase(Locale.ROOT)).forEach(typed::add);
            in.close();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } finally {
            typed.add(END);
        }
    }

    @Override
    public void perform(Task task) {
        say("  >> " + task.words() + " (s and Enter: skip this check)");
    }

    @Override
    public void awaiting(Duration left) throws CheckNotRunException {
        out.print("\r     waiting, " + left.toSeconds() + " s left ");
        out.flush();
        String line = typed.peek();
        if (line != null && !line.equals(END)) {
            typed.remove();
            stopIfSkipped(line);
        }
    }

    @Override
    public boolean confirms(DisplayQuestion sight) throws CheckNotRunException {
        while (true) {
            out.print("\r  >> " + sight.question() + " [y/n/s] ");
            out.flush();
            String line = nextLine();
            stopIfSkipped(line);
            if (line.startsWith("y") || line.startsWith("n")) {
                return line.startsWith("y");
            }
        }
    }

    private String nextLine() throws CheckNotRunException {
        try {
            String line = typed.take();
            if (line.equals(END)) {
                typed.add(END);
                throw new CheckNotRunException("nobody is there to say what the device shows");
            }
            return line;
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new CheckNotRunException("it was interrupted");
        }
    }

    private static void stopIfSkipped(String line) throws CheckNotRunException {
        if (line.equals("s") || line.equals("skip")) {
            throw new CheckNotRunException("it was skipped by the person at the device");
        }
    }

    @Override
    public void inform(String news) {
        say(news);
    }

    /** Over the line of the waiting time, if that is there. */
    private void say(String line) {
        out.println("\r" + line + " ".repeat(Math.max(0, 30 - line.length())));
        out.flush();
    }
}
