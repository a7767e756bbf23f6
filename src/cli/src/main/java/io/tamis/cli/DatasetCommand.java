package io.tamis.cli;

import io.tamis.cli.client.Answer;
import io.tamis.cli.client.ApiClient;
import io.tamis.cli.client.ClientException;
import io.tamis.cli.client.JsonView;
import io.tamis.cli.client.Shell;
import io.tamis.cli.client.Table;
import io.tamis.cli.client.Upload;
import io.tamis.cli.client.Withheld;
import io.tamis.data.DataException;
import io.tamis.data.DatasetId;
import io.tamis.synthetic.Seed;
import io.tamis.synthetic.World;
import io.tamis.synthetic.WorldFiles;
import java.nio.file.Path;
import java.util.Optional;
import java.util.stream.Collectors;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** Datasets: which there are, and loading a version. */
@Command(
        name = "dataset",
        description = "Load a dataset's data, list datasets, show one, make synthetic ones.",
        mixinStandardHelpOptions = true)
final class DatasetCommand {
    private final Shell shell;

    DatasetCommand(Shell shell) {
        this.shell = shell;
    }

    @Command(
            name = "load",
            description = {
                "Upload a file or a directory as an immutable version of a declared dataset; only its owner may, a platform"
                        + " or a merchant.",
                "A CSV's first line names the columns. Of a directory, all part files in the order of their names are one"
                        + " version; names that start with . or _ are passed over. A row that does not fit is told by line"
                        + " and column, and nothing is loaded.",
                "Columns declared ENCRYPTED_ONLY are left out of CSV files before anything is sent; Parquet and zip files are"
                        + " to be written without them."
            })
    int load(
            @Mixin Connection connection,
            @Parameters(
                            paramLabel = "PATH",
                            description = "a .csv or .parquet file, a .zip of such files, or a directory of them")
                    Path path,
            @Option(names = "--dataset", required = true, description = "the declared id") String dataset,
            @Option(names = "--version", required = true, description = "1, 2, ...") int version) {
        DatasetId id = id(dataset);
        if (version < 1) {
            throw ClientException.usage("--version must be 1 or more");
        }
        Upload.check(path);
        try (ApiClient client = connection.openWithToken(shell)) {
            // A refusal in the midst of an upload can be lost with the connection, so a token that is no good and a
            // dataset that is not declared are told before; whether the caller owns it, the upload itself tells.
            var withheld =
                    Withheld.of(client.get("/v1/datasets/" + id).orRefused().view());
            var upload = Upload.hashed(path, withheld, shell);
            Answer answer = upload.send(client, id, version);
            int exit = new Report(shell, connection.json)
                    .show(
                            answer,
                            told -> shell.out()
                                    .println("loaded %s version %s, content %s, event %s"
                                            .formatted(
                                                    told.at("dataset").text(),
                                                    told.at("version").text(),
                                                    told.at("contentHash").text(),
                                                    told.at("eventId").text())));
            if (answer instanceof Answer.Refused refused) {
                upload.blamed(refused.problem()).ifPresent(file -> shell.err().println("  in " + file));
            }
            return exit;
        }
    }

    @Command(
            name = "generate",
            mixinStandardHelpOptions = true,
            description = {
                "Make a synthetic world of three platforms and a brand's list, with its truth. No service is needed.",
                "Eight CSV files, one for each dataset, truth.json, SHA256SUMS: the same bytes for the same seed, on any"
                        + " machine. A smaller world is the beginning of a larger one. No person in it exists.",
                "About 600 bytes a person; a million persons take less than a minute."
            })
    int generate(
            @Option(names = "--persons", required = true, description = "1 to 100000000") long persons,
            @Option(names = "--seed", defaultValue = "42", description = "any whole number (default 42)") long seed,
            @Option(names = "--out", required = true, description = "the folder, made if it is not there") Path out,
            @Option(names = "--threads", description = "1 to 64 (default: as many as processors); the bytes stay")
                    Optional<Integer> threads,
            @Option(names = "--force", description = "replace the files of an older world") boolean force,
            @Option(names = "--json", description = "print one JSON object on standard output, and nothing else there")
                    boolean json) {
        if (persons < 1 || persons > World.PERSONS_MAX) {
            throw ClientException.usage("--persons is 1 to " + World.PERSONS_MAX);
        }
        int workers = threads.orElseGet(
                () -> Math.min(WorldFiles.THREADS_MAX, Runtime.getRuntime().availableProcessors()));
        if (workers < 1 || workers > WorldFiles.THREADS_MAX) {
            throw ClientException.usage("--threads is 1 to " + WorldFiles.THREADS_MAX);
        }
        return new WorldGeneration(shell).run(new World(new Seed(seed), persons), out, workers, force, json);
    }

    @Command(name = "list", description = "List the declared datasets.")
    int list(@Mixin Connection connection) {
        try (ApiClient client = connection.openWithToken(shell)) {
            return new Report(shell, connection.json).show(client.get("/v1/datasets"), this::printList);
        }
    }

    @Command(name = "show", description = "Show a dataset's columns: level, uses, declared bounds. Never its values.")
    int show(@Mixin Connection connection, @Parameters(paramLabel = "ID") String dataset) {
        try (ApiClient client = connection.openWithToken(shell)) {
            return new Report(shell, connection.json)
                    .show(client.get("/v1/datasets/" + id(dataset)), this::printDataset);
        }
    }

    private void printList(JsonView answer) {
        var table = new Table("dataset", "owner", "versions", "columns");
        for (JsonView item : answer.at("items").items()) {
            table.row(
                    item.at("id").text(),
                    item.at("owner").text(),
                    versions(item),
                    Integer.toString(item.at("columns").items().size()));
        }
        table.print(shell.out(), "");
    }

    private void printDataset(JsonView dataset) {
        shell.out()
                .println("%s of %s, versions %s, at least %s persons behind a cell"
                        .formatted(
                                dataset.at("id").text(),
                                dataset.at("owner").text(),
                                versions(dataset),
                                dataset.at("minUsers").textOr("50")));
        printUnit(dataset.at("unit"));
        var purposes = DatasetBounds.joined(dataset.at("pia").at("purposes"));
        if (!purposes.isEmpty()) {
            shell.out()
                    .println("purposes: " + purposes + ", until "
                            + dataset.at("pia").at("validUntil").text());
        }
        var table = new Table("column", "type", "level", "uses", "bounds");
        for (JsonView column : dataset.at("columns").items()) {
            table.row(
                    column.at("name").text(),
                    column.at("type").text(),
                    column.at("level").text(),
                    DatasetBounds.joined(column.at("uses")),
                    new DatasetBounds(column).text());
        }
        table.print(shell.out(), "  ");
    }

    private void printUnit(JsonView unit) {
        if (!unit.isAbsent()) {
            shell.out()
                    .println("a person is one %s: counts in at most %s groups, with at most %s rows"
                            .formatted(
                                    unit.at("column").text(),
                                    unit.at("groupsMax").text(),
                                    unit.at("rowsMax").text()));
        }
    }

    private static String versions(JsonView dataset) {
        String versions = dataset.at("versions").items().stream()
                .map(version -> version.at("version").textOr(version.text()))
                .collect(Collectors.joining(" "));
        return versions.isEmpty() ? "none" : versions;
    }

    private static DatasetId id(String text) {
        try {
            return new DatasetId(text);
        } catch (DataException malformed) {
            throw ClientException.usage("a dataset id is a lower-case word with hyphens, for example cdnow");
        }
    }
}
