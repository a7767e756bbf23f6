package io.tamis.cli;

import io.tamis.cli.audit.DisclosureCheck;
import io.tamis.cli.audit.DisclosureCheck.Step;
import io.tamis.data.Json;
import java.util.ArrayList;
import java.util.List;

/** What a disclosure came to, for people and machines. */
final class DisclosureText {
    private DisclosureText() {}

    static Json.Obj json(DisclosureCheck check) {
        var told = Json.object()
                .put("holds", check.step().isEmpty())
                .put("anchored", check.anchored())
                .putIfPresent("failed", check.step().map(Step::name));
        check.checkpoint()
                .ifPresent(signed -> told.put("treeSize", signed.head().size()));
        check.event().ifPresent(event -> told.put("event", event.body()));
        return told.build();
    }

    static List<String> lines(DisclosureCheck check) {
        var lines = new ArrayList<String>();
        check.event()
                .ifPresent(event ->
                        lines.add("event      " + event.body().canonical().replaceAll("\\p{C}", "?")));
        check.checkpoint()
                .ifPresent(signed -> lines.add(
                        "tree       " + signed.origin() + ", " + signed.head().size() + " entries, root "
                                + signed.head().root()));
        lines.add(check.step()
                .map(step -> "INVALID: " + reason(step))
                .orElse(
                        check.anchored()
                                ? "HOLDS: the log committed to this event, and the chain holds its tree"
                                : "HOLDS: the log committed to this event; no chain was asked"));
        return lines;
    }

    private static String reason(Step step) {
        return switch (step) {
            case FORM -> "this is no disclosure";
            case COMMITMENT -> "event and salt are not what the log committed to";
            case INCLUSION -> "the proof does not lead to a tree that every given key signed";
            case WITNESSES -> "too few of the given witnesses have cosigned, or one wrongly";
            case ANCHOR_ELSEWHERE -> "it names another chain, contract or log than you did";
            case ANCHOR -> "the chain does not hold this tree";
            case CHAIN -> "nothing is known of the anchor: the node did not answer as it should";
        };
    }
}
