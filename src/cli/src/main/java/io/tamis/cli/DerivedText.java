package io.tamis.cli;

import io.tamis.cli.client.JsonView;
import io.tamis.cli.client.Table;
import java.io.PrintStream;

/**
 * What the service has computed from released cells, for people: totals and matches of an OVERLAP, the curve and platforms
 * of a REACH_FREQUENCY. What this command does not know yet is left to {@code --json}.
 */
record DerivedText(JsonView derived) {
    void print(PrintStream out) {
        if (!derived.at("audiences").items().isEmpty()) {
            printOverlap(derived, "", out);
            for (JsonView segment : derived.at("segments").items()) {
                out.println("segment " + segment.at("segment").textOr("(none)"));
                printOverlap(segment, "  ", out);
            }
        }
        if (!derived.at("curve").items().isEmpty()) {
            printReach(out);
        }
    }

    private static void printOverlap(JsonView block, String indent, PrintStream out) {
        var totals = new Table("audience", "people");
        for (JsonView audience : block.at("audiences").items()) {
            totals.row(audience.at("id").text(), ResultText.cell(audience.at("people")));
        }
        totals.row("any of them", ResultText.cell(block.at("union")));
        totals.print(out, indent);
        var pairs = new Table("pair", "in both", "in either", "share of the first", "share of the second");
        for (JsonView pair : block.at("pairs").items()) {
            var rates = pair.at("matchRates");
            pairs.row(
                    pair.at("of").at(0).text() + ", " + pair.at("of").at(1).text(),
                    ResultText.cell(pair.at("intersection")),
                    ResultText.cell(pair.at("union")),
                    ResultText.cell(rates.at(0).at("rate")),
                    ResultText.cell(rates.at(1).at("rate")));
        }
        pairs.print(out, indent);
    }

    private void printReach(PrintStream out) {
        var curve = new Table("reached", "people");
        for (JsonView point : derived.at("curve").items()) {
            curve.row(point.at("atLeast").text() + "+ times", ResultText.cell(point.at("people")));
        }
        curve.print(out, "");
        var platforms = new Table("platform", "reach", "reached nowhere else");
        for (JsonView platform : derived.at("platforms").items()) {
            platforms.row(
                    platform.at("id").text(),
                    ResultText.cell(platform.at("reach")),
                    ResultText.cell(platform.at("incremental")));
        }
        platforms.row("all together", ResultText.cell(derived.at("reach")));
        platforms.print(out, "");
    }
}
