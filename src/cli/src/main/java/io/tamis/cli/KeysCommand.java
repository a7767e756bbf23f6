package io.tamis.cli;

import io.tamis.cli.client.ApiClient;
import io.tamis.cli.client.ClientException;
import io.tamis.cli.client.ExitCode;
import io.tamis.cli.client.Shell;
import io.tamis.cli.merchant.ResultKeys;
import io.tamis.crypto.BcfksKeyProvider;
import io.tamis.crypto.CryptoException;
import io.tamis.crypto.KeyName;
import io.tamis.crypto.KeySet;
import io.tamis.crypto.SecretBytes;
import io.tamis.crypto.SystemRandom;
import io.tamis.data.Code;
import io.tamis.data.Hash;
import io.tamis.data.Json;
import io.tamis.data.RandomSource;
import io.tamis.he.Bfv;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Base64;
import java.util.List;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** Key stores: the root keys of a production service, made before its first start; a merchant's own for sealed results. */
@Command(
        name = "keys",
        description = "Make the key store of a production service, or a merchant's own.",
        mixinStandardHelpOptions = true)
final class KeysCommand {
    private final Shell shell;
    private final RandomSource random = new SystemRandom();

    KeysCommand(Shell shell) {
        this.shell = shell;
    }

    @Command(
            name = "create",
            description = {
                "Make a key store with fresh root keys in FILE, which must not be there yet.",
                "A password file that is not there is made too, with a random password.",
                "Keep both outside the data directory, and apart in backups."
            },
            mixinStandardHelpOptions = true)
    int create(
            @Mixin ServiceKeyStore store,
            @Option(names = "--json", description = "print {file, passwordFile} on standard output") boolean json) {
        if (Files.exists(store.file)) {
            throw ClientException.usage(store.file + " is there already: overwriting it would lose what it seals");
        }
        try (SecretBytes password = store.password().readOrMake(random)) {
            BcfksKeyProvider.create(store.file, password, false, random);
        } catch (CryptoException unwritable) {
            throw new ClientException(
                    Code.INVALID_REQUEST, ExitCode.USAGE, "the key store cannot be written: " + store.file, unwritable);
        }
        if (json) {
            shell.out()
                    .println(Json.object()
                            .put("file", store.file.toString())
                            .put("passwordFile", store.passwordFile.toString())
                            .build()
                            .canonical());
        } else {
            shell.out().println("made " + store.file + "; losing it or its password loses what they seal");
        }
        return ExitCode.DONE.number();
    }

    @Command(
            name = "ticket-key",
            description = {
                "Print the public key that the service signs decryption tickets with, for the roster that key holders and"
                        + " platforms agree on.",
                "The operator tells it to them; they take no key from the service itself."
            },
            mixinStandardHelpOptions = true)
    int ticketKey(
            @Mixin ServiceKeyStore store,
            @Option(names = "--json", description = "print {key} on standard output") boolean json) {
        try (SecretBytes password = store.password().read()) {
            String key = Base64.getEncoder()
                    .encodeToString(BcfksKeyProvider.open(store.file, password).publicKey(KeyName.TICKET_SIGNING));
            shell.out().println(json ? Json.object().put("key", key).build().canonical() : key);
            return ExitCode.DONE.number();
        } catch (CryptoException closed) {
            throw new ClientException(
                    Code.INVALID_REQUEST,
                    ExitCode.USAGE,
                    "the key store does not open, or has no such key yet (keys add-missing): " + store.file,
                    closed);
        }
    }

    @Command(
            name = "add-missing",
            description = {
                "Add to the key store FILE the root keys that a service of this version has and it has not.",
                "Stop the service first; keep the old file until the new one has opened."
            },
            mixinStandardHelpOptions = true)
    int addMissing(
            @Mixin ServiceKeyStore store,
            @Option(names = "--json", description = "print {file, added} on standard output") boolean json) {
        List<String> added;
        try (SecretBytes password = store.password().read()) {
            added = BcfksKeyProvider.open(store.file, password).addMissing(KeySet.SERVICE).stream()
                    .map(KeyName::value)
                    .toList();
        } catch (CryptoException closed) {
            throw new ClientException(
                    Code.INVALID_REQUEST,
                    ExitCode.USAGE,
                    "the key store does not open or is not writable: " + store.file,
                    closed);
        }
        if (json) {
            shell.out()
                    .println(Json.object()
                            .put("file", store.file.toString())
                            .put(
                                    "added",
                                    Json.array(added.stream().map(Json::of).toList()))
                            .build()
                            .canonical());
        } else {
            shell.out().println(added.isEmpty() ? "nothing is missing" : "added " + String.join(", ", added));
        }
        return ExitCode.DONE.number();
    }

    @Command(
            name = "merchant-key",
            description = {
                "Make a merchant's own key store in FILE, or open the one that is there, and print the hash of its public key: the"
                        + " resultKey of an AUDIENCE_AGGREGATE job whose sums neither the service nor the key holders shall read.",
                "A password file that is not there is made too, with a random password. Losing either loses the results."
            })
    int merchantKey(
            @Mixin Connection connection,
            @Option(names = "--out", required = true, paramLabel = "FILE", description = "the key store") Path file,
            @Option(
                            names = "--password-file",
                            required = true,
                            paramLabel = "FILE",
                            description = "the key store's password")
                    Path passwordFile,
            @Option(
                            names = "--profile",
                            defaultValue = "AGG-8192",
                            paramLabel = "NAME",
                            description = "the profile of the key holders' roster (default: AGG-8192)")
                    String profile,
            @Option(
                            names = "--upload",
                            description = "register the public key with the service, which keeps 16 of a party")
                    boolean upload) {
        Bfv scheme = Bfv.of(ResultKeys.profile(profile));
        ResultKeys keys = resultKeys(file, passwordFile);
        byte[] key;
        try (var pair = keys.pair(scheme)) {
            key = pair.key().bytes();
        }
        Hash hash = Hash.sha256(key);
        if (upload) {
            try (ApiClient client = connection.openWithToken(shell)) {
                client.postBytes("/v1/merchant-keys", key).orRefused();
            }
        }
        if (connection.json) {
            shell.out()
                    .println(Json.object()
                            .put("key", hash.hex())
                            .put("profile", profile)
                            .put("uploaded", Json.of(upload))
                            .build()
                            .canonical());
        } else {
            shell.out().println(hash.hex());
            shell.err()
                    .println((upload ? "registered" : "not registered yet (--upload)") + "; the secret is in " + file);
        }
        return ExitCode.DONE.number();
    }

    private ResultKeys resultKeys(Path file, Path passwordFile) {
        if (Files.exists(file)) {
            try (SecretBytes password = new PasswordFile(passwordFile).read()) {
                return ResultKeys.open(file, password);
            }
        }
        try (SecretBytes password = new PasswordFile(passwordFile).readOrMake(random)) {
            return ResultKeys.create(file, password, random);
        }
    }
}
