package io.tamis.cli;

import io.tamis.data.Json;
import java.io.PrintStream;

/**
 * Every member of a JSON value, a line each, for people who have to read all of it. What a terminal would obey instead of
 * showing, or would show in another order, is written as an escape: nobody hides a line from who reads it.
 */
record JsonText(PrintStream out) {
    private static final String STEP = "  ";

    /** Prints the value under its name. */
    void print(String indent, String name, Json value) {
        switch (value) {
            case Json.Obj object -> {
                out.println(indent + plain(name) + ":");
                object.members().forEach((member, of) -> print(indent + STEP, member, of));
            }
            case Json.Arr array -> {
                out.println(indent + plain(name) + ":" + (array.items().isEmpty() ? " none" : ""));
                for (int at = 0; at < array.items().size(); at++) {
                    print(indent + STEP, Integer.toString(at + 1), array.items().get(at));
                }
            }
            case Json.Str(String text) -> out.println(indent + plain(name) + ": " + plain(text));
            case Json.Int(long number) -> out.println(indent + plain(name) + ": " + number);
            case Json.Bool(boolean flag) -> out.println(indent + plain(name) + ": " + flag);
            case Json.Null _ -> out.println(indent + plain(name) + ": null");
        }
    }

    private static String plain(String text) {
        var plain = new StringBuilder();
        text.codePoints().forEach(point -> {
            if (shows(point)) {
                plain.appendCodePoint(point);
            } else {
                plain.append("\\u{").append(Integer.toHexString(point)).append('}');
            }
        });
        return plain.toString();
    }

    private static boolean shows(int point) {
        return switch (Character.getType(point)) {
            case Character.CONTROL,
                    Character.FORMAT,
                    Character.SURROGATE,
                    Character.PRIVATE_USE,
                    Character.UNASSIGNED,
                    Character.LINE_SEPARATOR,
                    Character.PARAGRAPH_SEPARATOR -> false;
            default -> true;
        };
    }
}
