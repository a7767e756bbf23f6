package io.tamis.cli;

import io.tamis.cli.client.JsonView;
import io.tamis.cli.client.Table;
import java.io.PrintStream;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;

/** A result envelope for people: a table of values with 95 % intervals, then what it cost. */
record ResultText(JsonView envelope) {
    void print(PrintStream out) {
        var result = envelope.at("result");
        var derived = result.at("derived");
        // "members" is a cell here, those in no other audience, and a total in the table below.
        boolean overlap = !derived.at("audiences").items().isEmpty();
        var table = new Table(result.at("columns").items().stream()
                .map(JsonView::text)
                .map(column -> overlap && column.equals("audiences") ? "in exactly" : column)
                .toList());
        for (JsonView row : result.at("rows").items()) {
            var cells = new ArrayList<String>();
            row.at("key").items().forEach(key -> cells.add(key.textOr("(none)")));
            row.at("cells").items().forEach(cell -> cells.add(cell(cell)));
            table.row(cells);
        }
        table.print(out, "");
        new DerivedText(derived).print(out);
        printTerms(out);
    }

    private void printTerms(PrintStream out) {
        var privacy = envelope.at("privacy");
        out.println("in brackets: 95 % interval; suppressed: too few persons, or a mean too noisy to divide");
        // A job over several datasets is charged in full on each of them.
        int charged = privacy.at("remaining").items().size();
        out.println("charged " + Price.of(privacy)
                + (charged > 1 ? " on each of " + charged + " datasets" : "")
                + (envelope.at("cached").text().equals("true") ? " (cached answer)" : "")
                + ", at least " + privacy.at("minUsers").text() + " persons behind a cell"
                + Price.mechanism(privacy));
        for (JsonView left : privacy.at("remaining").items()) {
            out.println("left on " + left.at("dataset").text() + " in "
                    + left.at("period").text() + ": " + Price.of(left));
        }
        List<String> notes = envelope.at("result").at("notes").items().stream()
                .map(JsonView::text)
                .toList();
        if (!notes.isEmpty()) {
            out.println("notes: " + notes.stream().collect(Collectors.joining(", ")));
        }
        out.println("receipt: event " + envelope.at("receipt").at("eventId").text() + ", entry "
                + envelope.at("receipt").at("index").text() + " of the ledger");
    }

    /** A value with its interval. */
    static String cell(JsonView cell) {
        if (cell.isAbsent()) {
            return "suppressed";
        }
        if (!cell.at("sealed").isAbsent()) {
            return "sealed (job open)";
        }
        var interval = cell.at("ci95");
        return cell.at("value").text() + " [" + interval.at(0).text() + ", "
                + interval.at(1).text() + "]";
    }
}
