package io.tamis.synthetic;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** Test: reads our CSV files the slow and plain way. No field is quoted. */
final class Csv {
    private Csv() {}

    static List<Map<String, String>> rows(Path file) throws IOException {
        List<String> lines = Files.readAllLines(file);
        String[] header = lines.getFirst().split(",", -1);
        var rows = new ArrayList<Map<String, String>>();
        for (String line : lines.subList(1, lines.size())) {
            String[] fields = line.split(",", -1);
            if (fields.length != header.length) {
                throw new AssertionError(file + " has a row of other length");
            }
            var row = new LinkedHashMap<String, String>();
            for (int at = 0; at < header.length; at++) {
                row.put(header[at], fields[at]);
            }
            rows.add(row);
        }
        return rows;
    }

    /** The one spelling of a phone: its last eleven digits. */
    static String phone(String spelled) {
        String digits = spelled.replaceAll("[^0-9]", "");
        return digits.substring(digits.length() - 11);
    }
}
