package io.tamis.cli;

import io.tamis.cli.client.JsonView;
import io.tamis.cli.client.ShownQuestion;
import io.tamis.cli.client.Table;
import java.io.PrintStream;

/** What asks for approval, for people. */
record ApprovalText(PrintStream out) {
    /** The question, whole, which is what a verdict is of; then what the service says beside it. */
    void print(JsonView job, ShownQuestion shown) {
        new JsonText(out).print("", "question", shown.question().toJson());
        out.println("subjectHash, of these lines and the policy bundle: " + shown.subject());
        out.println("the service adds:");
        out.println("  no group of under " + job.at("privacy").at("minUsers").textOr("?") + " persons is shown");
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
                ? ", until " + job.at("deadline").text()
                : ", no longer asked for";
        out.println("  approvals " + job.at("given").text() + " of "
                + job.at("needed").text() + until);
        for (JsonView verdict : job.at("verdicts").items()) {
            out.println(
                    "  " + verdict.at("at").text() + " " + verdict.at("verdict").text() + " by "
                            + verdict.at("by").text() + " ("
                            + verdict.at("party").text() + ", "
                            + verdict.at("department").text() + "): "
                            + verdict.at("reason").text());
        }
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
            out.println("more: --cursor " + answer.at("next").text());
        }
    }
}
