package io.tamis.cli;

import io.tamis.cli.client.JsonView;
import io.tamis.cli.client.ShownQuestion;
import io.tamis.cli.client.Table;
import io.tamis.cli.client.VisibleText;
import java.io.PrintStream;

/** What asks for approval, for people. All of it is what the service sent: it is shown, and never obeyed. */
record ApprovalText(PrintStream out) {
    /** The question, whole, which is what a verdict is of; then what the service says beside it. */
    void print(JsonView job, ShownQuestion shown) {
        new JsonText(out).print("", "question", shown.question().toJson());
        out.println("subjectHash, of these lines and the policy bundle: " + shown.subject());
        out.println("the service adds:");
        out.println("  no group of under " + shown(job.at("privacy").at("minUsers"), "?") + " persons is shown");
        var columns = new Table("dataset", "version", "purpose", "column", "level", "does", "seen as");
        for (JsonView dataset : job.at("datasets").items()) {
            for (JsonView column : dataset.at("columns").items()) {
                columns.row(
                        dataset.at("id").text(),
                        dataset.at("version").text(),
                        dataset.at("purpose").text(),
                        column.at("column").text(),
                        column.at("level").text(),
                        column.at("action").text(),
                        column.at("treatment").textOr("nothing"));
            }
        }
        columns.print(out, "  ");
        String until = job.at("awaiting").text().equals("true")
                ? ", until " + shown(job.at("deadline"), "?")
                : ", no longer asked for";
        out.println("  approvals " + shown(job.at("given"), "?") + " of " + shown(job.at("needed"), "?") + until);
        for (JsonView verdict : job.at("verdicts").items()) {
            out.println("  " + shown(verdict.at("at"), "?") + " " + shown(verdict.at("verdict"), "?") + " by "
                    + shown(verdict.at("by"), "?") + " (" + shown(verdict.at("party"), "?") + ", "
                    + shown(verdict.at("department"), "?") + "): "
                    + VisibleText.quoted(verdict.at("reason").text()));
        }
    }

    private static String shown(JsonView scalar, String otherwise) {
        return VisibleText.of(scalar.textOr(otherwise));
    }

    /** What waits, a line each. */
    void printList(JsonView answer) {
        var table = new Table("job", "type", "asked by", "approvals", "until");
        for (JsonView item : answer.at("items").items()) {
            table.row(
                    item.at("jobId").text(),
                    item.at("type").text(),
                    item.at("submitter").text(),
                    item.at("given").text() + " of " + item.at("needed").text(),
                    item.at("deadline").text());
        }
        table.print(out, "");
        if (!answer.at("next").text().isEmpty()) {
            out.println("more: --cursor " + shown(answer.at("next"), ""));
        }
    }
}
