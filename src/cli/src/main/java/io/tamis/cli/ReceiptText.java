package io.tamis.cli;

import io.tamis.cli.audit.DisclosureCheck.Step;
import io.tamis.cli.audit.ReceiptCheck;
import io.tamis.data.Json;
import java.util.ArrayList;
import java.util.List;

/** What a receipt came to, for people and machines. Never says HOLDS alone of a result that was not compared. */
final class ReceiptText {
    private ReceiptText() {}

    static Json.Obj json(ReceiptCheck check) {
        var told = Json.object()
                .put("holds", check.holds())
                .put("resultCompared", check.opened() && check.resultHash().isPresent())
                .put("anchored", check.anchored())
                .putIfPresent("failed", check.failed().map(Step::name))
                .putIfPresent("eventId", check.event().map(Object::toString))
                .putIfPresent("resultHash", check.resultHash().map(Object::toString));
        check.checkpoint()
                .ifPresent(signed -> told.put("treeSize", signed.head().size()));
        return told.build();
    }

    static List<String> lines(ReceiptCheck check) {
        var lines = new ArrayList<String>();
        lines.add(check.failed().map(ReceiptText::invalid).orElseGet(() -> holds(check)));
        if (check.holds()) {
            lines.add(check.anchored() ? "the chain holds its tree" : "no chain was asked (--rpc)");
        }
        if (!check.opened()) {
            check.resultHash()
                    .ifPresent(hash -> lines.add("this result's hash: " + hash.hex()
                            + "; --entry FILE compares it with the entry's resultHash"));
        }
        return lines;
    }

    private static String invalid(Step failed) {
        return "INVALID: "
                + switch (failed) {
                    case FORM -> "this is no receipt, or its id or index is not that of its proof";
                    case COMMITMENT -> "this is not the receipt's entry: it does not open the commitment";
                    default -> DisclosureText.reason(failed);
                };
    }

    private static String holds(ReceiptCheck check) {
        var signed = check.checkpoint().orElseThrow();
        String event = "event " + check.event().orElseThrow() + " is in the log " + signed.origin() + ", signed at "
                + signed.head().size() + " entries";
        if (!check.opened()) {
            return "RECEIPT HOLDS: " + event
                    + (check.resultHash().isPresent()
                            ? "; the result itself was not compared"
                            : "; what the entry says was not looked at");
        }
        return "HOLDS: " + event
                + (check.resultHash().isPresent()
                        ? ", and its entry tells of this very result"
                        : ", and this is its entry");
    }
}
