package io.tamis.cli;

import io.tamis.cli.client.Agreement;
import io.tamis.cli.client.Answer;
import io.tamis.cli.client.ApiClient;
import io.tamis.cli.client.ClientException;
import io.tamis.cli.client.JsonView;
import io.tamis.cli.client.Shell;
import io.tamis.cli.client.Waiting;
import io.tamis.data.CollaborationId;
import io.tamis.data.DataException;
import io.tamis.data.DatasetId;
import io.tamis.data.Hash;
import io.tamis.data.Json;
import io.tamis.data.LegalRelation;
import io.tamis.data.Purpose;
import io.tamis.policy.Region;
import java.net.http.HttpRequest.BodyPublishers;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** What platforms and merchants agree on, so that questions can be asked across their data. */
@Command(
        name = "collaboration",
        description = "Create, sign and close collaborations; attach datasets to them.",
        mixinStandardHelpOptions = true)
final class CollaborationCommand {
    private static final String PATH = "/v1/collaborations";
    private static final int LIST_MAX = 200;

    private final Shell shell;
    private final CollaborationText text;

    CollaborationCommand(Shell shell) {
        this.shell = shell;
        this.text = new CollaborationText(shell.out());
    }

    @Command(
            name = "create",
            description = {
                "Propose a collaboration; it is active once every member has signed.",
                "Your own party is one of the members; its signature too is given with sign."
            })
    int create(
            @Mixin Connection connection,
            @Option(
                            names = "--member",
                            required = true,
                            paramLabel = "PARTY:ROLE[+ROLE]",
                            description = "2 to 16 times, for example shop:platform or brand-a:merchant+platform")
                    List<String> members,
            @Option(
                            names = "--legal-relation",
                            required = true,
                            description = "JOINT: you decide together; ENTRUSTED: one processes for the others;"
                                    + " PROVISION: one provides to others (PIPL articles 20, 21, 23)")
                    LegalRelation relation,
            @Option(
                            names = "--purpose",
                            required = true,
                            description =
                                    "what jobs may be for, each with an option of its own: ${COMPLETION-CANDIDATES}")
                    List<Purpose> purposes,
            @Option(
                            names = "--region",
                            defaultValue = "DOMESTIC",
                            description = "where results are received: DOMESTIC (default) or ABROAD")
                    Region region) {
        Json body = Json.object()
                .put(
                        "members",
                        Json.array(members.stream().map(MemberOption::parse).toList()))
                .put("legalRelation", relation.name())
                .put(
                        "purposes",
                        Json.strings(
                                purposes.stream().distinct().map(Purpose::name).toList()))
                .put("region", region.name())
                .build();
        try (ApiClient client = connection.openWithToken(shell)) {
            return new Report(shell, connection.json).show(client.post(PATH, body), created -> {
                text.print(created);
                text.printMissing(created);
            });
        }
    }

    @Command(name = "list", description = "List the collaborations your party is a member of; an officer sees all.")
    int list(
            @Mixin Connection connection,
            @Option(names = "--limit", defaultValue = "50", description = "at most so many (default 50, up to 200)")
                    int limit,
            @Option(names = "--cursor", defaultValue = "", description = "where the page before ended") String cursor) {
        if (limit < 1 || limit > LIST_MAX || !cursor.matches("[A-Za-z0-9_=-]{0,512}")) {
            throw ClientException.usage("--limit is 1 to 200, --cursor is the text that the page before ended with");
        }
        String page = PATH + "?limit=" + limit + (cursor.isEmpty() ? "" : "&cursor=" + cursor);
        try (ApiClient client = connection.openWithToken(shell)) {
            return new Report(shell, connection.json).show(client.get(page), text::printList);
        }
    }

    @Command(name = "show", description = "Show one: terms, signatures, attached datasets. Never how many persons.")
    int show(@Mixin Connection connection, @Parameters(paramLabel = "COLLABORATION") String id) {
        String path = path(id);
        try (ApiClient client = connection.openWithToken(shell)) {
            return new Report(shell, connection.json).show(client.get(path), text::print);
        }
    }

    @Command(
            name = "sign",
            description = {
                "Show the terms and sign them for your party.",
                "Signed is the digest of exactly the terms shown, computed here; when the service names another one,"
                        + " nothing is signed."
            })
    int sign(
            @Mixin Connection connection,
            @Parameters(paramLabel = "COLLABORATION") String id,
            @Option(
                            names = "--agreement",
                            paramLabel = "HASH",
                            description = "sign only terms of this digest, which you have agreed on before")
                    Optional<String> expected) {
        String path = path(id);
        Optional<Hash> only = expected.map(CollaborationCommand::hash);
        try (ApiClient client = connection.openWithToken(shell)) {
            var agreement = new Agreement(client.get(path).orRefused().view());
            // Standard output holds the service's answer alone when a script asked for that.
            var told = connection.json ? shell.err() : shell.out();
            agreement.lines().forEach(told::println);
            Hash agreed = agreement.agreed();
            if (only.isPresent() && !only.get().equals(agreed)) {
                throw ClientException.usage("these terms are not those of --agreement; nothing was signed");
            }
            Json body = Json.object().put("agreementHash", agreed.hex()).build();
            return new Report(shell, connection.json).show(client.post(path + "/signatures", body), signed -> {
                shell.out()
                        .println("signed: " + signed.at("state").text() + ", event "
                                + signed.at("eventId").text());
                text.printMissing(signed);
            });
        }
    }

    @Command(
            name = "withdraw",
            description = {
                "Withdraw your party: its datasets are detached, it is no member any more, and never again of this one.",
                "With fewer than two members left the collaboration is closed."
            })
    int withdraw(@Mixin Connection connection, @Parameters(paramLabel = "COLLABORATION") String id) {
        String path = path(id) + "/signatures";
        try (ApiClient client = connection.openWithToken(shell)) {
            return ended(connection, client.delete(path), "withdrawn");
        }
    }

    @Command(
            name = "attach",
            description = {
                "Attach a loaded version of your dataset; its persons' links are derived, which takes a while.",
                "Attached again, nothing happens. A new version is attached beside the old one."
            })
    int attach(
            @Mixin Connection connection,
            @Parameters(paramLabel = "COLLABORATION") String id,
            @Option(names = "--dataset", required = true, description = "the declared id") String dataset,
            @Option(names = "--version", required = true, description = "the loaded version: 1, 2, ...") int version,
            @Option(
                            names = "--key-epoch",
                            paramLabel = "N",
                            description = "only in this key epoch (default: the one it is in now)")
                    Optional<Long> epoch) {
        if (version < 1 || epoch.orElse(1L) < 1) {
            throw ClientException.usage("--version and --key-epoch must be 1 or more");
        }
        String path = path(id);
        DatasetId known = dataset(dataset);
        try (ApiClient client = connection.openWithToken(shell)) {
            // Before all have signed it is in none yet: that the service tells, not the form of a request.
            long now = epoch.orElseGet(() -> Math.max(
                    1, client.get(path).orRefused().view().at("keyEpoch").integerOrZero()));
            Json body =
                    Json.object().put("version", version).put("keyEpoch", now).build();
            Answer answer = new Waiting(shell)
                    .during(
                            "deriving the links of " + known,
                            () -> client.put(
                                    path + "/datasets/" + known,
                                    BodyPublishers.ofByteArray(body.canonicalBytes()),
                                    Map.of("Content-Type", "application/json")));
            return new Report(shell, connection.json).show(answer, this::printAttached);
        }
    }

    @Command(
            name = "detach",
            description =
                    "Detach your dataset, all versions of it; its links are destroyed, finished jobs keep their results.")
    int detach(
            @Mixin Connection connection,
            @Parameters(paramLabel = "COLLABORATION") String id,
            @Option(names = "--dataset", required = true, description = "the declared id") String dataset) {
        String path = path(id) + "/datasets/" + dataset(dataset);
        try (ApiClient client = connection.openWithToken(shell)) {
            return ended(connection, client.delete(path), "detached");
        }
    }

    @Command(
            name = "rotate",
            description = {
                "Begin a new key epoch: a new pseudonym key, the old one is destroyed.",
                "Datasets attached before go on working with each other; to be asked with new ones, attach them again."
            })
    int rotate(@Mixin Connection connection, @Parameters(paramLabel = "COLLABORATION") String id) {
        String path = path(id);
        try (ApiClient client = connection.openWithToken(shell)) {
            long now = Math.max(
                    1, client.get(path).orRefused().view().at("keyEpoch").integerOrZero());
            Answer answer = client.post(
                    path + "/epochs", Json.object().put("keyEpoch", now).build());
            return new Report(shell, connection.json)
                    .show(
                            answer,
                            rotated -> shell.out()
                                    .println("key epoch "
                                            + rotated.at("keyEpoch").text() + ", event "
                                            + rotated.at("eventId").text()));
        }
    }

    @Command(
            name = "close",
            description = {
                "Close a collaboration, for ever and for all members: links and pseudonym key are destroyed.",
                "Results that were released stay with those who have them."
            })
    int close(
            @Mixin Connection connection,
            @Parameters(paramLabel = "COLLABORATION") String id,
            @Option(names = "--reason", required = true, description = "why, 10 to 500 characters") String reason) {
        String path = path(id) + "/closure";
        try (ApiClient client = connection.openWithToken(shell)) {
            Json body = Json.object().put("reason", reason).build();
            return new Report(shell, connection.json)
                    .show(
                            client.post(path, body),
                            closed -> shell.out()
                                    .println(closed.at("id").text() + " "
                                            + closed.at("state").text() + ", event "
                                            + closed.at("eventId").text()));
        }
    }

    private void printAttached(JsonView attached) {
        shell.out()
                .println("attached %s version %s in key epoch %s, persons named by %s, event %s"
                        .formatted(
                                attached.at("dataset").text(),
                                attached.at("version").text(),
                                attached.at("keyEpoch").text(),
                                attached.at("semantic").text(),
                                attached.at("eventId").text()));
    }

    /** An answer without a body: its entry is named in a header. */
    private int ended(Connection connection, Answer answer, String what) {
        return switch (answer) {
            case Answer.Ok ok -> {
                String event = ok.header("Tamis-Event");
                shell.out()
                        .println(
                                connection.json
                                        ? Json.object()
                                                .put("eventId", event)
                                                .build()
                                                .canonical()
                                        : what + (event.isEmpty() ? "" : ", event " + event));
                yield 0;
            }
            case Answer.Refused refused -> new Report(shell, connection.json).refused(refused.problem());
        };
    }

    private static String path(String id) {
        try {
            return PATH + "/" + new CollaborationId(id);
        } catch (DataException malformed) {
            throw ClientException.usage("a collaboration is named col_ and a UUID");
        }
    }

    private static DatasetId dataset(String text) {
        try {
            return new DatasetId(text);
        } catch (DataException malformed) {
            throw ClientException.usage("a dataset id is a lower-case word with hyphens, for example cdnow");
        }
    }

    private static Hash hash(String text) {
        try {
            return Hash.parse(text);
        } catch (DataException malformed) {
            throw ClientException.usage("--agreement is a digest of 64 hexadecimal digits");
        }
    }
}
