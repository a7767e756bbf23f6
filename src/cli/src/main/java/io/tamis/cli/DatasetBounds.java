package io.tamis.cli;

import io.tamis.cli.client.JsonView;
import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.stream.Collectors;

/** What a column's owner has declared to bound it, in a few words. */
record DatasetBounds(JsonView column) {
    private static final int SCALE_MAX = 18;

    /** So many values are told: whoever writes a condition needs them. Of more, their number. */
    private static final int VALUES_TOLD = 8;

    /** Every declared bound; empty when there is none. */
    String text() {
        var words = new ArrayList<String>();
        var clamp = column.at("clamp");
        if (!clamp.isAbsent()) {
            words.add(amount(clamp.at("min")) + " to " + amount(clamp.at("max")));
        }
        int values = column.at("domain").items().size();
        if (values > 0) {
            words.add(values <= VALUES_TOLD ? joined(column.at("domain")) : values + " values, see --json");
        }
        var range = column.at("dateRange");
        if (!range.isAbsent()) {
            words.add(range.at("from").text() + " to " + range.at("to").text());
        }
        if (!column.at("countMax").isAbsent()) {
            words.add("counts up to " + column.at("countMax").text());
        }
        if (!column.at("keyCapacity").isAbsent()) {
            words.add("up to " + column.at("keyCapacity").text() + " keys");
        }
        return String.join(", ", words);
    }

    /** Minor units as a person writes them: 15000 with scale 2 is 150.00. */
    private String amount(JsonView minor) {
        int scale = Math.clamp(column.at("scale").integerOrZero(), 0, SCALE_MAX);
        return BigDecimal.valueOf(minor.integerOrZero(), scale).toPlainString();
    }

    static String joined(JsonView words) {
        return words.items().stream().map(JsonView::text).collect(Collectors.joining(" "));
    }
}
