package io.tamis.cli;

import io.tamis.cli.client.JsonView;
import io.tamis.cli.client.Table;
import java.io.PrintStream;

/** Collaborations for people. */
record CollaborationText(PrintStream out) {
    /** One with its terms, who has signed, and what is attached. */
    void print(JsonView collaboration) {
        out.println(
                collaboration.at("id").text() + " " + collaboration.at("state").text() + ", key epoch "
                        + collaboration.at("keyEpoch").text() + ", since "
                        + collaboration.at("createdAt").text()
                        + (collaboration.at("closedAt").isAbsent()
                                ? ""
                                : " until " + collaboration.at("closedAt").text()));
        out.println(
                collaboration.at("legalRelation").text() + " for " + DatasetBounds.joined(collaboration.at("purposes"))
                        + ", receivers of results " + collaboration.at("region").text());
        if (!collaboration.at("closureReason").isAbsent()) {
            out.println("closed because: " + collaboration.at("closureReason").text());
        }
        out.println("agreementHash " + collaboration.at("agreementHash").text());
        var members = new Table("member", "roles", "signed", "withdrawn");
        for (JsonView member : collaboration.at("members").items()) {
            members.row(
                    member.at("party").text(),
                    DatasetBounds.joined(member.at("roles")),
                    member.at("signedAt").textOr("not yet"),
                    member.at("withdrawnAt").text());
        }
        members.print(out, "  ");
        var datasets = new Table("dataset", "owner", "version", "key epoch", "persons named by", "attached");
        for (JsonView dataset : collaboration.at("datasets").items()) {
            datasets.row(
                    dataset.at("id").text(),
                    dataset.at("owner").text(),
                    dataset.at("version").text(),
                    dataset.at("keyEpoch").text(),
                    dataset.at("semantic").text(),
                    dataset.at("attachedAt").text());
        }
        if (collaboration.at("datasets").items().isEmpty()) {
            out.println("  nothing is attached");
        } else {
            datasets.print(out, "  ");
        }
    }

    /** Many, a line each. */
    void printList(JsonView answer) {
        var table = new Table("collaboration", "state", "members", "datasets", "key epoch", "created");
        for (JsonView item : answer.at("items").items()) {
            table.row(
                    item.at("id").text(),
                    item.at("state").text(),
                    parties(item),
                    Integer.toString(item.at("datasets").items().size()),
                    item.at("keyEpoch").text(),
                    item.at("createdAt").text());
        }
        table.print(out, "");
        if (!answer.at("next").text().isEmpty()) {
            out.println("more: --cursor " + answer.at("next").text());
        }
    }

    /** Who has to sign yet, in one line. */
    void printMissing(JsonView collaboration) {
        var missing = collaboration.at("members").items().stream()
                .filter(member -> member.at("signedAt").isAbsent()
                        && member.at("withdrawnAt").isAbsent())
                .map(member -> member.at("party").text())
                .toList();
        out.println(
                missing.isEmpty()
                        ? "all have signed: attach datasets with ./tamis collaboration attach"
                        : "still to sign: " + String.join(", ", missing));
    }

    private static String parties(JsonView collaboration) {
        return String.join(
                " ",
                collaboration.at("members").items().stream()
                        .filter(member -> member.at("withdrawnAt").isAbsent())
                        .map(member -> member.at("party").text())
                        .toList());
    }
}
