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

/** A person at the console. An {@code s} instead of an answer, or while the suite waits, skips the check. */
public final class ConsoleOperator implements CertificationOperator {
    private static final String END = "end of input";

    private final PrintWriter out;
    private final BlockingQueue<String> typed = new LinkedBlockingQueue<>();

    /** Reads lines on a daemon thread until the end of the input. */
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
    public boolean confirms(Question question) throws CheckNotRunException {
        while (true) {
            out.print("\r  >> " + question.question() + " [y/n/s] ");
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
                throw new CheckNotRunException("No input to confirm what is shown");
            }
            return line;
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new CheckNotRunException("Interrupted");
        }
    }

    private static void stopIfSkipped(String line) throws CheckNotRunException {
        if (line.equals("s") || line.equals("skip")) {
            throw new CheckNotRunException("Skipped by the operator");
        }
    }

    @Override
    public void inform(String news) {
        say(news);
    }

    /** Overwrites the line with the time left, if there is one. */
    private void say(String line) {
        out.println("\r" + line + " ".repeat(Math.max(0, 30 - line.length())));
        out.flush();
    }
}
