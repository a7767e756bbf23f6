package io.tamis.server.leaks;

import java.io.PrintWriter;
import java.io.StringWriter;
import java.util.Arrays;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.logging.Handler;
import java.util.logging.LogRecord;
import java.util.logging.Logger;

/** Keeps what the service logs: message, parameters, and the whole of a throwable. */
final class LogCapture extends Handler implements AutoCloseable {
    private static final Logger ROOT = Logger.getLogger("");
    private final Queue<String> lines = new ConcurrentLinkedQueue<>();

    LogCapture() {
        ROOT.addHandler(this);
    }

    @Override
    public void publish(LogRecord entry) {
        lines.add(entry.getLoggerName() + " " + entry.getMessage() + " " + Arrays.toString(entry.getParameters()));
        if (entry.getThrown() != null) {
            var trace = new StringWriter();
            entry.getThrown().printStackTrace(new PrintWriter(trace));
            lines.add(trace.toString());
        }
    }

    String text() {
        return String.join("\n", lines);
    }

    @Override
    public void flush() {}

    @Override
    public void close() {
        ROOT.removeHandler(this);
    }
}
