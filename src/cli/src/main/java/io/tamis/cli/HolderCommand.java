package io.tamis.cli;

import io.tamis.cli.client.ClientException;
import io.tamis.cli.client.ExitCode;
import io.tamis.cli.client.OwnerOnly;
import io.tamis.cli.client.Shell;
import io.tamis.cli.holder.HolderSession;
import io.tamis.cli.holder.StoreException;
import io.tamis.crypto.CryptoException;
import io.tamis.crypto.SecretBytes;
import io.tamis.crypto.SystemRandom;
import io.tamis.data.Code;
import io.tamis.data.DataException;
import io.tamis.data.Json;
import io.tamis.data.PartyId;
import io.tamis.holder.ceremony.CeremonyId;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** The key holder's commands: whoever runs them should be neither the service's operator nor another holder's. */
@Command(
        name = "holder",
        description = "Hold a share of the key that encrypted tags are opened with, and check what is opened.",
        mixinStandardHelpOptions = true)
final class HolderCommand {
    private final Shell shell;

    HolderCommand(Shell shell) {
        this.shell = shell;
    }

    @Command(
            name = "init",
            description = {
                "Make a key holder: its key store, sealed store and log in --store, which must not be there yet.",
                "Prints the holder's line of the roster: {party, key, sealKey}.",
                "A password file that is not there is made too, with a random password. Never put an old copy of the folder back."
            },
            mixinStandardHelpOptions = true)
    int init(
            @Option(names = "--store", required = true, paramLabel = "DIR", description = "the folder to make")
                    Path store,
            @Option(
                            names = "--party",
                            required = true,
                            paramLabel = "PARTY",
                            description = "who holds: the party of its tokens")
                    String party,
            @Option(
                            names = "--password-file",
                            paramLabel = "FILE",
                            description = "the store's password (default: DIR.password, beside the folder)")
                    Optional<Path> passwordFile,
            @Option(names = "--json", description = "print the roster's line in canonical form") boolean json) {
        Json.Obj line;
        folderOf(store);
        try (SecretBytes password = HolderOptions.password(store, passwordFile).readOrMake(new SystemRandom())) {
            line = HolderSession.create(store, password, party(party));
        } catch (CryptoException | StoreException unwritable) {
            throw new ClientException(
                    unwritable.code(),
                    ExitCode.USAGE,
                    "cannot make " + store + ": a holder is there already, or it cannot be written",
                    unwritable);
        }
        shell.out().println(line.canonical());
        if (!json) {
            shell.err().println("made " + store + "; put the line above into the roster of every party");
        }
        return ExitCode.DONE.number();
    }

    /** The folder that the store and its password lie in, its owner's alone when it is made here; one that is there stays as it is. */
    private static void folderOf(Path store) {
        Path parent = store.toAbsolutePath().normalize().getParent();
        try {
            if (parent != null && !Files.exists(parent)) {
                OwnerOnly.folder(parent);
            }
        } catch (IOException unwritable) {
            throw new ClientException(
                    Code.INVALID_REQUEST, ExitCode.USAGE, "the folder cannot be made: " + parent, unwritable);
        }
    }

    @Command(
            name = "ceremony",
            description = {
                "Take part in the key ceremony ID to its end, or take it up where it broke off.",
                "Exit 0: the key is made, and this holder has its share. 1: aborted; the cause names who is at fault."
            })
    int ceremony(
            @Parameters(paramLabel = "ID", description = "the ceremony, kc_...") String id,
            @Mixin HolderOptions options) {
        try (var session = options.open(shell)) {
            return session.ceremony(ceremonyId(id), options.poll()).number();
        }
    }

    @Command(
            name = "audit-inputs",
            description = {
                "Audit the platforms' slot rounds: post coins, rebuild every slot, post verdicts.",
                "Ends when no round waits; with --once after one turn (75: a round still waits for others)."
            })
    int auditInputs(
            @Mixin HolderOptions options,
            @Option(names = "--once", description = "one turn, without waiting for others") boolean once) {
        try (var session = options.open(shell)) {
            return session.audit(once, options.poll()).number();
        }
    }

    @Command(
            name = "agent",
            description = {
                "Do ceremonies, slot audits and decryption tickets as they come, until Ctrl-C.",
                "A ticket is answered only after everything in it was computed again from this holder's own roster, policy,"
                        + " rounds and log; else it is refused with a code.",
                "It may be killed at any moment. While the service is away it is tried again after 1 s to 1 min.",
                "With --json it prints one event a line, each a JSON object."
            })
    int agent(
            @Mixin HolderOptions options,
            @Option(names = "--once", description = "do what there is to do now, and end") boolean once) {
        try (var session = options.open(shell)) {
            shell.err().println("holder: " + session.party() + " works");
            if (once) {
                return session.once().number();
            }
            session.serve(options.poll());
            return ExitCode.DONE.number();
        }
    }

    @Command(
            name = "erase",
            description = {
                "Erase this holder's share of a key epoch that is over (retired or compromised), for good.",
                "The service's word ends an epoch here but erases nothing: ask the other holders and the officer first."
            },
            mixinStandardHelpOptions = true)
    int erase(
            @Parameters(paramLabel = "EPOCH", description = "the key epoch's number") long epoch,
            @Mixin StoreOptions options) {
        return changed(epoch, options, "erased", HolderSession::erase);
    }

    @Command(
            name = "resume",
            description = {
                "Serve a key epoch again that the service had called over, when its share is still here.",
                "Only when the other holders and the officer say, by another way, that the epoch is not over."
            },
            mixinStandardHelpOptions = true)
    int resume(
            @Parameters(paramLabel = "EPOCH", description = "the key epoch's number") long epoch,
            @Mixin StoreOptions options) {
        return changed(epoch, options, "served again", HolderSession::resume);
    }

    /** What is done to one epoch of a store. */
    @FunctionalInterface
    private interface Change {
        void of(Path store, SecretBytes password, long epoch);
    }

    private int changed(long epoch, StoreOptions options, String done, Change change) {
        try (SecretBytes password =
                HolderOptions.password(options.store, options.passwordFile).read()) {
            change.of(options.store, password, epoch);
        } catch (CryptoException | StoreException refused) {
            throw new ClientException(
                    refused.code(),
                    refused.code() == Code.STATE_CONFLICT || refused.code() == Code.NOT_FOUND
                            ? ExitCode.NO
                            : ExitCode.USAGE,
                    switch (refused.code()) {
                        case NOT_FOUND -> "this holder has no share of epoch " + epoch;
                        case STATE_CONFLICT ->
                            "the agent is running, or epoch " + epoch
                                    + " is not in that state: erase and resume are for epochs that are over";
                        default -> "the holder's store does not open: its password and parts belong together";
                    },
                    refused);
        }
        shell.out()
                .println(
                        options.json
                                ? Json.object()
                                        .put("keyEpoch", epoch)
                                        .put("done", done)
                                        .build()
                                        .canonical()
                                : "epoch " + epoch + ": " + done);
        return ExitCode.DONE.number();
    }

    private static PartyId party(String text) {
        try {
            return new PartyId(text);
        } catch (DataException malformed) {
            throw new ClientException(Code.INVALID_REQUEST, ExitCode.USAGE, "--party must be like shop", malformed);
        }
    }

    private static CeremonyId ceremonyId(String text) {
        try {
            return CeremonyId.parse(text);
        } catch (DataException malformed) {
            throw new ClientException(Code.INVALID_REQUEST, ExitCode.USAGE, "ID must be like kc_...", malformed);
        }
    }
}
