package io.tamis.server;

import java.util.StringJoiner;

/**
 * Where a bug happened, without what it said: messages of drivers and parsers carry values, class names and lines do not.
 */
final class Stack {
    private static final int FRAMES_MAX = 12;
    private static final int CAUSES_MAX = 4;

    private Stack() {}

    static String of(Throwable bug) {
        var text = new StringJoiner("; caused by ");
        Throwable cause = bug;
        for (int i = 0; i < CAUSES_MAX && cause != null; i++, cause = cause.getCause()) {
            text.add(frames(cause));
        }
        return text.toString();
    }

    private static String frames(Throwable cause) {
        var text = new StringJoiner(" < ").add(cause.getClass().getName());
        StackTraceElement[] frames = cause.getStackTrace();
        for (int i = 0; i < FRAMES_MAX && i < frames.length; i++) {
            text.add(frames[i].getClassName() + "." + frames[i].getMethodName() + ":" + frames[i].getLineNumber());
        }
        return text.toString();
    }
}
