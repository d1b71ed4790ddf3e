package dev.terminalcloud.connector.fake;

import java.util.List;
import java.util.Queue;
import java.util.TreeMap;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.logging.Formatter;
import java.util.logging.Handler;
import java.util.logging.LogRecord;
import java.util.logging.Logger;
import org.jboss.logmanager.ExtLogRecord;
import org.jboss.logmanager.formatters.PatternFormatter;

/**
 * Messages of the log records that contain a text, since this was opened, each followed by its ids as they are in {@code mdc} of JSON.
 */
public final class LogRecords extends Handler implements AutoCloseable {
    private static final Logger ROOT = Logger.getLogger("");
    private static final Formatter MESSAGE = new PatternFormatter("%s");

    private final String text;
    private final Queue<String> messages = new ConcurrentLinkedQueue<>();

    public LogRecords(String text) {
        this.text = text;
        ROOT.addHandler(this);
    }

    public List<String> soFar() {
        return List.copyOf(messages);
    }

    @Override
    public void publish(LogRecord logged) {
        ExtLogRecord line = ExtLogRecord.wrap(logged);
        String message = MESSAGE.format(line);
        if (message.contains(text)) {
            messages.add(message + " " + new TreeMap<>(line.getMdcCopy()));
        }
    }

    @Override
    public void flush() {}

    @Override
    public void close() {
        ROOT.removeHandler(this);
    }
}
