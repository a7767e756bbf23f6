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
        if (!(json instanceof Json.Obj object)) {
            writeShort(json, indent, out);
            return;
        }
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

    private static void writeShort(Json json, String indent, StringBuilder out) {
        boolean ofObjects =
                json instanceof Json.Arr array && array.items().stream().anyMatch(Json.Obj.class::isInstance);
        if (!ofObjects) {
            out.append(json.canonical().replace(",", ", "));
            return;
        }
        out.append('[');
        Iterator<Json> items = ((Json.Arr) json).items().iterator();
        while (items.hasNext()) {
            write(items.next(), indent, out);
            out.append(items.hasNext() ? ", " : "]");
        }
    }
}
