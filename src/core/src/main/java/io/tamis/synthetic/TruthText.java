package io.tamis.synthetic;

import io.tamis.data.Json;
import java.util.Iterator;
import java.util.Map;

/** JSON for readers: two spaces a level, members in the order given, arrays on one line. */
final class TruthText {
    private TruthText() {}

    static String of(Json.Obj truth) {
        var out = new StringBuilder();
        write(truth, "\n", out);
        return out.append('\n').toString();
    }

    private static void write(Json json, String indent, StringBuilder out) {
        switch (json) {
            case Json.Obj object -> writeObject(object, indent, out);
            case Json.Arr array -> writeArray(array, indent, out);
            case Json.Str _, Json.Int _, Json.Bool _, Json.Null _ -> out.append(json.canonical());
        }
    }

    private static void writeObject(Json.Obj object, String indent, StringBuilder out) {
        String inner = indent + "  ";
        out.append('{');
        Iterator<Map.Entry<String, Json>> members = object.members().entrySet().iterator();
        while (members.hasNext()) {
            var member = members.next();
            out.append(inner).append(Json.of(member.getKey()).canonical()).append(": ");
            write(member.getValue(), inner, out);
            out.append(members.hasNext() ? "," : indent);
        }
        out.append('}');
    }

    private static void writeArray(Json.Arr array, String indent, StringBuilder out) {
        out.append('[');
        Iterator<Json> items = array.items().iterator();
        while (items.hasNext()) {
            write(items.next(), indent, out);
            out.append(items.hasNext() ? ", " : "");
        }
        out.append(']');
    }
}
