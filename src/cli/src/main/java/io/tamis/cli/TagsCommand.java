package io.tamis.cli;

import io.tamis.cli.client.ApiClient;
import io.tamis.cli.client.ClientException;
import io.tamis.cli.client.ExitCode;
import io.tamis.cli.client.Shell;
import io.tamis.cli.tags.Pause;
import io.tamis.cli.tags.PlatformKeys;
import io.tamis.cli.tags.TagRun;
import io.tamis.cli.tags.TagStanding;
import io.tamis.cli.tags.TagWork;
import io.tamis.crypto.SecretBytes;
import io.tamis.crypto.SystemRandom;
import io.tamis.data.DataException;
import io.tamis.data.Json;
import io.tamis.data.PartyId;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.function.Function;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** A platform's encrypted tags: what its users are is encrypted on its own machine, for sums that nobody can look behind. */
@Command(
        name = "tags",
        description = {
            "Encrypt tags of your users on your own machine, for sums that only key holders together can open, with noise.",
            "In order: key, then, of each version of a dataset, commit, open, encrypt, upload; or run, which does all four"
                    + " and waits for the holders. Every step can be broken off and called again."
        },
        mixinStandardHelpOptions = true)
final class TagsCommand {
    private static final int WAIT_SECONDS_MAX = 7 * 86_400;

    private static final String TAG_FORMS =
            "NAME=COLUMN: the value, clamped as declared; NAME=COLUMN>=N: 1 or 0; NAME=BUCKETS:COLUMN: how"
                    + " many persons have each declared value. May be given again, 16 at most";

    private final Shell shell;

    TagsCommand(Shell shell) {
        this.shell = shell;
    }

    @Command(
            name = "key",
            description = {
                "Make the platform's own key store in FILE, which must not be there yet. Prints its line of the roster.",
                "A password file that is not there is made too, with a random password."
            },
            mixinStandardHelpOptions = true)
    int key(
            @Parameters(paramLabel = "FILE", description = "the key store") Path file,
            @Option(
                            names = "--password-file",
                            required = true,
                            paramLabel = "FILE",
                            description = "the key store's password")
                    Path passwordFile,
            @Option(names = "--party", required = true, paramLabel = "PARTY", description = "the platform's name")
                    String party,
            @Option(names = "--json", description = "print {party, key} on standard output, as it does anyway")
                    boolean json) {
        try (SecretBytes password = new PasswordFile(passwordFile).readOrMake(new SystemRandom())) {
            Json.Obj line = PlatformKeys.create(file, password, party(party), new SystemRandom());
            shell.out().println(line.canonical());
            return ExitCode.DONE.number();
        }
    }

    @Command(
            name = "order",
            description = {
                "Check that a CSV has the persons of the loaded version: both sides order them under a key of the service,"
                        + " and compare the hash. No identifier is sent."
            })
    int order(
            @Mixin Connection connection,
            @Mixin TagOptions options,
            @Option(names = "--csv", required = true, paramLabel = "FILE", description = "the platform's file")
                    Path csv) {
        try (ApiClient client = connection.openWithToken(shell)) {
            int persons = options.open(shell, client).order(csv);
            shell.out()
                    .println(
                            connection.json
                                    ? Json.object()
                                            .put("persons", persons)
                                            .put("same", Json.of(true))
                                            .build()
                                            .canonical()
                                    : "the same " + persons + " persons, in the same order");
            return ExitCode.DONE.number();
        }
    }

    @Command(
            name = "commit",
            description = {
                "Draw 64 candidates for every slot and commit to them: the holders will look into 63 of them, so that nobody"
                        + " can send a ciphertext made to read the key.",
                "A tag is NAME=COLUMN (the value, clamped as declared), NAME=COLUMN>=THRESHOLD (1 or 0), or NAME=BUCKETS:COLUMN"
                        + " (how many persons have each of the column's declared values, counted here). 26 ms a slot:"
                        + " 8192 persons, or all counts."
            })
    int commit(
            @Mixin Connection connection,
            @Mixin TagOptions options,
            @Option(names = "--tag", required = true, paramLabel = "TAG", description = TAG_FORMS) List<String> tags) {
        return tell(connection, options, work -> work.commit(tags));
    }

    @Command(
            name = "open",
            description = {
                "Open all candidates but one of every slot, once the holders have tossed; before that nothing happens.",
                "The holders give 24 hours; a platform that is late is out for this key."
            })
    int open(@Mixin Connection connection, @Mixin TagOptions options) {
        return tell(connection, options, TagWork::open);
    }

    @Command(
            name = "encrypt",
            description = {
                "Encrypt the values of a CSV, the file that was loaded as this version with its tag columns, into the work"
                        + " folder. One pass; about 25 bytes of memory and 37 bytes of disk a person for one tag.",
                "What is encrypted is written down first: other values in the same round are refused."
            })
    int encrypt(
            @Mixin Connection connection,
            @Mixin TagOptions options,
            @Option(names = "--csv", required = true, paramLabel = "FILE", description = "the platform's file")
                    Path csv) {
        return tell(connection, options, work -> work.encrypt(csv));
    }

    @Command(
            name = "upload",
            description = {
                "Send the ciphertexts that the service has not. A busy or absent service is tried again for ten minutes.",
                "When all are acknowledged the round's secret is erased and the ciphertexts here are deleted."
            })
    int upload(@Mixin Connection connection, @Mixin TagOptions options) {
        return tell(connection, options, TagWork::upload);
    }

    @Command(name = "status", description = "Show how far this version's tags are, and whom they wait for.")
    int status(@Mixin Connection connection, @Mixin TagOptions options) {
        return tell(connection, options, TagWork::status);
    }

    @Command(
            name = "run",
            description = {
                "Do all of it: commit, open, encrypt, upload, waiting for the holders in between; goes on where an earlier"
                        + " run ended."
            })
    int run(
            @Mixin Connection connection,
            @Mixin TagOptions options,
            @Option(names = "--tag", required = true, paramLabel = "TAG", description = TAG_FORMS) List<String> tags,
            @Option(names = "--csv", required = true, paramLabel = "FILE", description = "the platform's file")
                    Path csv,
            @Option(
                            names = "--wait",
                            defaultValue = "86400",
                            paramLabel = "SECONDS",
                            description = "how long to wait for the holders in all (default: a day)")
                    int seconds) {
        if (seconds < 1 || seconds > WAIT_SECONDS_MAX) {
            throw ClientException.usage("--wait is 1 to " + WAIT_SECONDS_MAX + " seconds");
        }
        return tell(
                connection,
                options,
                work -> new TagRun(shell, work, Pause.REAL, Duration.ofSeconds(seconds)).complete(tags, csv));
    }

    private int tell(Connection connection, TagOptions options, Function<TagWork, TagStanding> step) {
        try (ApiClient client = connection.openWithToken(shell)) {
            TagStanding standing = step.apply(options.open(shell, client));
            shell.out().println(connection.json ? standing.json().canonical() : standing.line());
            return ExitCode.DONE.number();
        }
    }

    private static PartyId party(String text) {
        try {
            return new PartyId(text);
        } catch (DataException malformed) {
            throw ClientException.usage("--party is a lower-case word with hyphens, for example shop");
        }
    }
}
