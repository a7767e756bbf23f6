package io.tamis.cli;

import io.tamis.cli.audit.AuditReport;
import io.tamis.cli.audit.DisclosureCheck;
import io.tamis.cli.audit.DisclosureCheck.Step;
import io.tamis.cli.client.ExitCode;
import io.tamis.data.Json;
import java.util.ArrayList;
import java.util.List;

/** What a disclosure came to, for people and machines. */
final class DisclosureText {
    private static final int MEMBER_LENGTH_MAX = 40;

    private DisclosureText() {}

    static int exit(DisclosureCheck check) {
        return check.step()
                .map(step -> step == Step.ERASED ? AuditReport.Verdict.INCOMPLETE.exit() : ExitCode.NO.number())
                .orElse(ExitCode.DONE.number());
    }

    static Json.Obj json(DisclosureCheck check) {
        var told = Json.object()
                .put("holds", check.step().isEmpty())
                .put("anchored", check.anchored())
                .putIfPresent("failed", check.step().map(Step::name))
                .putIfPresent("member", check.member().map(DisclosureText::shown));
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
                .map(step -> (step == Step.ERASED ? "INCOMPLETE: " : "INVALID: ")
                        + reason(step)
                        + check.member()
                                .map(member -> "; look at its member " + shown(member))
                                .orElse(""))
                .orElse(
                        check.anchored()
                                ? "HOLDS: the log committed to this event, and the chain holds its tree"
                                : "HOLDS: the log committed to this event; no chain was asked (--rpc)"));
        return lines;
    }

    /** A member's name is the file's own, and may be anything. */
    private static String shown(String member) {
        String printable = member.replaceAll("\\p{C}", "?");
        return printable.length() > MEMBER_LENGTH_MAX ? printable.substring(0, MEMBER_LENGTH_MAX) + "..." : printable;
    }

    static String reason(Step step) {
        return switch (step) {
            case FORM -> "this is no disclosure";
            case COMMITMENT -> "event and salt are not what the log committed to";
            case INCLUSION -> "the proof does not lead to a tree that every given key signed";
            case WITNESS_WRONG -> "a cosignature of a given witness is wrong";
            case WITNESSES -> "too few of the given witnesses have cosigned";
            case ANCHOR_ELSEWHERE -> "it names another chain, contract or log than you did";
            case NOT_ANCHORED ->
                "the chain holds no root of this size: it is not anchored under this checkpoint; a later one, or"
                        + " .../proof?at=anchored, may be";
            case ANCHOR -> "the chain holds another root of this size";
            case CHAIN -> "nothing is known of the anchor: the node did not answer as it should";
            case ERASED -> "the log has this entry; the file says that its content was erased";
            case RESULT -> "this result is not the one that the entry tells of";
        };
    }
}
