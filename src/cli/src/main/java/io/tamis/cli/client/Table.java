package io.tamis.cli.client;

import java.io.PrintStream;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Pattern;

/** Columns for a terminal: words to the left, numbers to the right. What the service sent is shown, and never obeyed. */
public final class Table {
    private static final String GAP = "  ";

    /** A number, one with an interval behind it, an interval, or what stands in a number's place; a date is none. */
    private static final Pattern NUMBER = Pattern.compile("-?[0-9][0-9.]*( .*)?|\\[.*|suppressed|withheld");

    private final List<List<String>> rows = new ArrayList<>();

    /** A table with these column heads. */
    public Table(String... head) {
        row(head);
    }

    /** A table with these column heads. */
    public Table(List<String> head) {
        row(head);
    }

    /** Adds a row; missing cells are empty. */
    public Table row(String... cells) {
        return row(List.of(cells));
    }

    /** Adds a row; missing cells are empty. */
    public Table row(List<String> cells) {
        rows.add(cells.stream().map(VisibleText::of).toList());
        return this;
    }

    /** Draws it, each line behind this indent. */
    public void print(PrintStream out, String indent) {
        for (List<String> row : rows) {
            var line = new StringBuilder(indent);
            for (int column = 0; column < rows.getFirst().size(); column++) {
                line.append(column == 0 ? "" : GAP).append(cell(row, column));
            }
            out.println(line.toString().stripTrailing());
        }
    }

    private String cell(List<String> row, int column) {
        String text = column < row.size() ? row.get(column) : "";
        String pad = " ".repeat(width(column) - text.length());
        return isNumeric(column) ? pad + text : text + pad;
    }

    private int width(int column) {
        return rows.stream()
                .mapToInt(row -> column < row.size() ? row.get(column).length() : 0)
                .max()
                .orElse(0);
    }

    private boolean isNumeric(int column) {
        return rows.stream()
                .skip(1)
                .filter(row -> column < row.size() && !row.get(column).isEmpty())
                .allMatch(row -> NUMBER.matcher(row.get(column)).matches());
    }
}
