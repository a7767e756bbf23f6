package io.tamis.cli;

import io.tamis.cli.client.JsonView;
import io.tamis.cli.client.Table;
import java.io.PrintStream;

/** What asks for approval, for people. */
record ApprovalText(PrintStream out) {
    /** All that an approver is told of one job. */
    void print(JsonView job) {
        out.println(job.at("jobId").text() + " " + job.at("type").text() + ", asked by "
                + job.at("submitter").text()
                + (job.at("collaborationId").isAbsent()
                        ? ""
                        : " in " + job.at("collaborationId").text()));
        out.println("  because: " + job.at("reason").text());
        JsonView privacy = job.at("privacy");
        String amount = privacy.at("rhoMicro").isAbsent() ? "epsilonMicro" : "rhoMicro";
        out.println("  each dataset is charged " + privacy.at(amount).text() + " " + amount + "; no group of under "
                + privacy.at("minUsers").textOr("?") + " persons is shown");
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
        out.println("  subjectHash " + job.at("subjectHash").text());
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
