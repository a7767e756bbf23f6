package io.tamis.jobs;

import io.tamis.data.Json;
import io.tamis.data.JsonFields;
import java.util.ArrayList;
import java.util.List;

/**
 * A result as CSV (RFC 4180): the keys, then for each measure its value, stdDev and interval; a suppressed cell is four
 * empty fields, a sealed one has its stdDev alone. Policy, privacy and receipt are in the JSON form only.
 */
final class CsvResult {
    private static final int WIDTH_MAX = 64;
    private static final int ROWS_MAX = 1 << 20;

    private CsvResult() {}

    static String of(Json.Obj envelope) {
        JsonFields result = new JsonFields(envelope).object("result");
        List<String> columns = result.list("columns", WIDTH_MAX, json -> JsonFields.text(json, 256));
        List<JsonFields> rows = result.list("rows", ROWS_MAX, JsonFields::new);
        var out = new StringBuilder();
        boolean first = true;
        for (JsonFields row : rows) {
            List<String> key = row.optionalList("key", WIDTH_MAX, json -> JsonFields.text(json, 256));
            if (first) {
                line(out, header(columns, key.size()));
                first = false;
            }
            var fields = new ArrayList<>(key);
            row.list("cells", WIDTH_MAX, json -> json).forEach(cell -> cell(cell, fields));
            line(out, fields);
        }
        return out.toString();
    }

    private static List<String> header(List<String> columns, int keys) {
        var header = new ArrayList<>(columns.subList(0, keys));
        for (String measure : columns.subList(keys, columns.size())) {
            header.addAll(List.of(measure, measure + "_std_dev", measure + "_ci95_low", measure + "_ci95_high"));
        }
        return header;
    }

    private static void cell(Json cell, List<String> fields) {
        if (cell instanceof Json.Null) {
            fields.addAll(List.of("", "", "", ""));
            return;
        }
        var shown = new JsonFields(cell);
        if (((Json.Obj) cell).member("sealed").isPresent()) {
            // What only the merchant reads has no place in a table of values: the JSON form says where it is.
            fields.addAll(List.of("", number(shown.value("stdDev")), "", ""));
            return;
        }
        fields.add(number(shown.value("value")));
        fields.add(number(shown.value("stdDev")));
        shown.list("ci95", 2, CsvResult::number).forEach(fields::add);
    }

    private static String number(Json json) {
        return json instanceof Json.Str text ? text.value() : json.canonical();
    }

    private static void line(StringBuilder out, List<String> fields) {
        for (int i = 0; i < fields.size(); i++) {
            out.append(i == 0 ? "" : ",").append(quoted(fields.get(i)));
        }
        out.append("\r\n");
    }

    /** Quoted where RFC 4180 wants it, and apostrophed where a spreadsheet would run it as a formula. */
    private static String quoted(String field) {
        boolean formula = !field.isEmpty() && "=+@".indexOf(field.charAt(0)) >= 0;
        String safe = formula ? "'" + field : field;
        boolean special = safe.chars().anyMatch(c -> c == ',' || c == '"' || c == '\r' || c == '\n');
        return special ? '"' + safe.replace("\"", "\"\"") + '"' : safe;
    }
}
