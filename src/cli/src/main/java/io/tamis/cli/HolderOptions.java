package io.tamis.cli;

import io.tamis.cli.client.ApiClient;
import io.tamis.cli.client.ClientException;
import io.tamis.cli.client.ExitCode;
import io.tamis.cli.client.Shell;
import io.tamis.cli.holder.HolderSession;
import io.tamis.cli.holder.StoreException;
import io.tamis.crypto.CryptoException;
import io.tamis.crypto.SecretBytes;
import io.tamis.data.Code;
import io.tamis.data.DataException;
import io.tamis.holder.Roster;
import io.tamis.log.LogException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Optional;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** The options of a key holder that works with a service. */
final class HolderOptions {
    private static final int POLL_SECONDS_MAX = 30;
    private static final int CACHE_MB_MAX = 1 << 20;

    @Mixin
    Connection connection;

    @Option(names = "--store", required = true, paramLabel = "DIR", description = "the holder's folder (holder init)")
    Path store;

    @Option(
            names = "--password-file",
            paramLabel = "FILE",
            description = "the store's password (default: DIR.password, beside the folder)")
    Optional<Path> passwordFile = Optional.empty();

    @Option(
            names = "--roster",
            required = true,
            paramLabel = "FILE",
            description = "the holder's own copy of the roster: who holds, who sends, with which keys")
    Path roster;

    @Mixin
    PolicyOption policy;

    @Option(names = "--party", paramLabel = "PARTY", description = "who this is; refused when the store is another's")
    Optional<String> party = Optional.empty();

    @Option(
            names = "--poll-seconds",
            paramLabel = "N",
            defaultValue = "2",
            description = "how often the service is asked, 1 to 30 (default 2)")
    int pollSeconds = 2;

    @Option(
            names = "--cache-mb",
            paramLabel = "N",
            defaultValue = "1024",
            description = "most megabytes of downloads kept in the store's cache (default 1024)")
    int cacheMb = 1024;

    Duration poll() {
        if (pollSeconds < 1 || pollSeconds > POLL_SECONDS_MAX) {
            throw ClientException.usage("--poll-seconds must be 1 to " + POLL_SECONDS_MAX);
        }
        return Duration.ofSeconds(pollSeconds);
    }

    /** The open store; the caller closes it. */
    HolderSession open(Shell shell) {
        if (cacheMb < 0 || cacheMb > CACHE_MB_MAX) {
            throw ClientException.usage("--cache-mb must be 0 to " + CACHE_MB_MAX);
        }
        if (!Files.isDirectory(store)) {
            throw ClientException.usage("there is no holder's store " + store + ": holder init makes one");
        }
        ApiClient api = connection.openWithToken(shell);
        var setup =
                new HolderSession.Setup(store, readRoster(), policy.read(shell), (long) cacheMb << 20, connection.json);
        try (SecretBytes password = password(store, passwordFile).read()) {
            var session = HolderSession.open(setup, password, api, shell);
            if (party.isPresent() && !party.get().equals(session.party().value())) {
                session.close();
                throw ClientException.usage("this store is that of " + session.party() + ", not of --party");
            }
            return session;
        } catch (CryptoException | StoreException unusable) {
            throw new ClientException(
                    unusable.code(),
                    ExitCode.USAGE,
                    "the holder's store does not open: its password and parts belong together, and one process at a time may"
                            + " use it",
                    unusable);
        }
    }

    /** Beside the folder unless it is named: a copy of the folder alone then opens nothing. */
    static PasswordFile password(Path store, Optional<Path> named) {
        Path folder = store.toAbsolutePath().normalize();
        return new PasswordFile(named.orElseGet(() -> folder.resolveSibling(folder.getFileName() + ".password")));
    }

    private Roster readRoster() {
        try {
            if (Files.size(roster) > Roster.FILE_BYTES_MAX) {
                throw ClientException.usage("the roster is too long: " + roster);
            }
            return Roster.parse(Files.readAllBytes(roster));
        } catch (IOException | DataException | LogException unreadable) {
            throw new ClientException(
                    Code.INVALID_REQUEST, ExitCode.USAGE, "the roster cannot be used: " + roster, unreadable);
        }
    }
}
