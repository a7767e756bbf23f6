package io.tamis.cli;

import io.tamis.cli.client.VisibleText;
import io.tamis.data.Json;
import java.io.PrintStream;
import java.util.regex.Pattern;

/**
 * Every member of a JSON value, a line each, for people who have to read all of it. Strings stand between quotation marks and
 * everything in them is shown or escaped ({@link VisibleText}): nobody hides a line from who reads it, or makes one up.
 */
record JsonText(PrintStream out) {
    private static final String STEP = "  ";

    /** A member's name that cannot be mistaken for anything else. */
    private static final Pattern NAME = Pattern.compile("[A-Za-z0-9_.#-]{1,64}");

    /** Prints the value under its name. */
    void print(String indent, String name, Json value) {
        String head = indent + named(name) + ":";
        switch (value) {
            case Json.Obj object -> {
                out.println(head);
                object.members().forEach((member, of) -> print(indent + STEP, member, of));
            }
            case Json.Arr array -> {
                out.println(head + (array.items().isEmpty() ? " none" : ""));
                for (int at = 0; at < array.items().size(); at++) {
                    print(indent + STEP, Integer.toString(at + 1), array.items().get(at));
                }
            }
            case Json.Str(String text) -> out.println(head + " " + VisibleText.quoted(text));
            case Json.Int(long number) -> out.println(head + " " + number);
            case Json.Bool(boolean flag) -> out.println(head + " " + flag);
            case Json.Null _ -> out.println(head + " null");
        }
    }

    private static String named(String name) {
        return NAME.matcher(name).matches() ? name : VisibleText.quoted(name);
    }
}
