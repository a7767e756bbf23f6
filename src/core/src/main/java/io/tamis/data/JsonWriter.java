package io.tamis.data;

import java.util.Iterator;
import java.util.Map;
import java.util.TreeMap;

/** Writes the RFC 8785 form. {@link String#compareTo} orders by UTF-16 code unit, as section 3.2.3 wants. */
final class JsonWriter {
    private JsonWriter() {}

    static void write(Json value, StringBuilder out) {
        switch (value) {
            case Json.Obj object -> writeObject(object, out);
            case Json.Arr array -> writeArray(array, out);
            case Json.Str string -> writeString(string.value(), out);
            case Json.Int integer -> out.append(integer.value());
            case Json.Bool bool -> out.append(bool.value());
            case Json.Null ignored -> out.append("null");
        }
    }

    private static void writeObject(Json.Obj object, StringBuilder out) {
        out.append('{');
        Iterator<Map.Entry<String, Json>> members =
                new TreeMap<>(object.members()).entrySet().iterator();
        while (members.hasNext()) {
            var member = members.next();
            writeString(member.getKey(), out);
            out.append(':');
            write(member.getValue(), out);
            if (members.hasNext()) {
                out.append(',');
            }
        }
        out.append('}');
    }

    private static void writeArray(Json.Arr array, StringBuilder out) {
        out.append('[');
        for (int i = 0; i < array.items().size(); i++) {
            if (i > 0) {
                out.append(',');
            }
            write(array.items().get(i), out);
        }
        out.append(']');
    }

    /** Section 3.2.2.2: only what must be escaped is, with the short forms where JSON has one. */
    private static void writeString(String text, StringBuilder out) {
        out.append('"');
        for (int i = 0; i < text.length(); i++) {
            char c = text.charAt(i);
            switch (c) {
                case '"' -> out.append("\\\"");
                case '\\' -> out.append("\\\\");
                case '\b' -> out.append("\\b");
                case '\t' -> out.append("\\t");
                case '\n' -> out.append("\\n");
                case '\f' -> out.append("\\f");
                case '\r' -> out.append("\\r");
                default -> {
                    if (c < 0x20) {
                        out.append("\\u00")
                                .append(Character.forDigit(c >> 4, 16))
                                .append(Character.forDigit(c & 15, 16));
                    } else {
                        out.append(c);
                    }
                }
            }
        }
        out.append('"');
    }
}
