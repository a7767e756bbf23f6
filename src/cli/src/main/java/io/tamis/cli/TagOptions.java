package io.tamis.cli;

import io.tamis.cli.client.ApiClient;
import io.tamis.cli.client.ClientException;
import io.tamis.cli.client.ExitCode;
import io.tamis.cli.client.Shell;
import io.tamis.cli.tags.Pause;
import io.tamis.cli.tags.PlatformKeys;
import io.tamis.cli.tags.TagTarget;
import io.tamis.cli.tags.TagWork;
import io.tamis.crypto.KeyProvider;
import io.tamis.crypto.SecretBytes;
import io.tamis.crypto.SystemRandom;
import io.tamis.data.DataException;
import io.tamis.data.DatasetId;
import io.tamis.holder.Roster;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** Which version's tags, and where the platform keeps its own things. */
final class TagOptions {
    @Option(names = "--dataset", required = true, paramLabel = "ID", description = "the declared id")
    String dataset = "";

    @Option(names = "--version", required = true, paramLabel = "N", description = "the loaded version: 1, 2, ...")
    int version;

    @Option(
            names = "--work",
            required = true,
            paramLabel = "DIR",
            description =
                    "the folder of this version's round; it is made, and holds a sealed secret until all is uploaded")
    Path work = Path.of("");

    @Option(names = "--keys", required = true, paramLabel = "FILE", description = "the key store of tags key")
    Path keys = Path.of("");

    @Option(names = "--password-file", required = true, paramLabel = "FILE", description = "the key store's password")
    Path passwordFile = Path.of("");

    @Option(
            names = "--roster",
            required = true,
            paramLabel = "FILE",
            description = "the roster that all parties agreed on, from a source you trust and not from the service")
    Path roster = Path.of("");

    @Mixin
    PolicyOption policy;

    /** The work on this version. */
    TagWork open(Shell shell, ApiClient client) {
        return new TagWork(
                shell,
                client,
                keyStore(),
                new TagWork.Trusted(roster(), policy.read(shell)),
                target(),
                work,
                new TagWork.Sources(new SystemRandom(), Pause.REAL));
    }

    private KeyProvider keyStore() {
        try (SecretBytes password = new PasswordFile(passwordFile).read()) {
            return PlatformKeys.open(keys, password);
        }
    }

    private Roster roster() {
        try {
            if (Files.size(roster) > Roster.FILE_BYTES_MAX) {
                throw ClientException.usage(roster + " is too long for a roster");
            }
            return Roster.parse(Files.readAllBytes(roster));
        } catch (IOException unreadable) {
            throw ClientException.usage("cannot read " + roster);
        } catch (DataException malformed) {
            throw new ClientException(malformed.code(), ExitCode.USAGE, roster + " is not a roster", malformed);
        }
    }

    private TagTarget target() {
        try {
            return new TagTarget(new DatasetId(dataset), version);
        } catch (DataException malformed) {
            throw ClientException.usage("a dataset id is a lower-case word with hyphens, for example shop-users");
        }
    }
}
