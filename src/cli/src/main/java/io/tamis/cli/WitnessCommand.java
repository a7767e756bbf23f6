package io.tamis.cli;

import io.tamis.cli.client.ClientException;
import io.tamis.cli.client.ExitCode;
import io.tamis.cli.client.Shell;
import io.tamis.cli.witness.LogsFile;
import io.tamis.cli.witness.WitnessFiles;
import io.tamis.cli.witness.WitnessServer;
import io.tamis.crypto.CryptoException;
import io.tamis.crypto.SecretBytes;
import io.tamis.crypto.SystemRandom;
import io.tamis.data.Code;
import io.tamis.data.Json;
import io.tamis.log.LogException;
import io.tamis.log.Origin;
import io.tamis.log.VerifierKey;
import java.net.InetSocketAddress;
import java.nio.file.Path;
import java.util.concurrent.CountDownLatch;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** The witness's commands: whoever runs them should not be the log's operator. */
@Command(
        name = "witness",
        description = "Cosign other people's ledgers, so that none of them can show two pasts.",
        mixinStandardHelpOptions = true)
final class WitnessCommand {
    private final Shell shell;

    WitnessCommand(Shell shell) {
        this.shell = shell;
    }

    @Command(
            name = "key",
            description = {
                "Make a witness: a key store in FILE and the folder of what it has cosigned. Prints its vkey.",
                "Both must not be there yet. They belong together: never put an old copy of the folder back; if it is"
                        + " lost, make a new witness with a new name.",
                "A password file that is not there is made too, with a random password."
            },
            mixinStandardHelpOptions = true)
    int key(
            @Parameters(paramLabel = "FILE", description = "the witness's key store") Path file,
            @Option(
                            names = "--password-file",
                            required = true,
                            paramLabel = "FILE",
                            description = "the key store's password")
                    Path passwordFile,
            @Option(
                            names = "--state",
                            required = true,
                            paramLabel = "DIR",
                            description = "the folder of what it has cosigned")
                    Path state,
            @Option(
                            names = "--name",
                            required = true,
                            paramLabel = "NAME",
                            description = "its name, a URL without scheme, like witness.example/w1")
                    String name,
            @Option(names = "--json", description = "print {key, file, state} on standard output") boolean json) {
        VerifierKey key;
        try (SecretBytes password = new PasswordFile(passwordFile).readOrMake(new SystemRandom())) {
            key = new WitnessFiles(file, state).create(origin(name), password, new SystemRandom());
        } catch (CryptoException | LogException unwritable) {
            throw new ClientException(
                    Code.INVALID_REQUEST,
                    ExitCode.USAGE,
                    "cannot make " + file + " and " + state + ": one of them is there already, or cannot be written",
                    unwritable);
        }
        shell.out()
                .println(
                        json
                                ? Json.object()
                                        .put("key", key.toString())
                                        .put("file", file.toString())
                                        .put("state", state.toString())
                                        .build()
                                        .canonical()
                                : key.toString());
        return ExitCode.DONE.number();
    }

    @Command(
            name = "serve",
            description = {
                "Answer add-checkpoint (C2SP tlog-witness) until Ctrl-C. Never cosigns two trees of one size, nor a smaller"
                        + " one after a larger one.",
                "--logs names a file with the vkey of a log on each line; it is read for every request, so a new line"
                        + " counts at once."
            },
            mixinStandardHelpOptions = true)
    int serve(
            @Parameters(paramLabel = "FILE", description = "the witness's key store") Path file,
            @Option(
                            names = "--password-file",
                            required = true,
                            paramLabel = "FILE",
                            description = "the key store's password")
                    Path passwordFile,
            @Option(
                            names = "--state",
                            required = true,
                            paramLabel = "DIR",
                            description = "the folder of what it has cosigned")
                    Path state,
            @Option(
                            names = "--logs",
                            required = true,
                            paramLabel = "FILE",
                            description = "the vkeys of the logs it knows")
                    Path logs,
            @Option(
                            names = "--yearly",
                            description =
                                    "a vkey named NAME/YEAR also counts for NAME of last, this and next year, unless that"
                                            + " has a line of its own")
                    boolean yearly,
            @Option(names = "--host", defaultValue = "127.0.0.1", description = "address to listen on") String host,
            @Option(names = "--port", defaultValue = "8090", description = "port; 0 takes a free one") int port,
            @Option(names = "--json", description = "print {url, key} on standard output when it listens") boolean json)
            throws InterruptedException {
        if (port < 0 || port > 65_535) {
            throw ClientException.usage("--port must be 0 to 65535");
        }
        try (var opened = open(new WitnessFiles(file, state), passwordFile, new LogsFile(logs, yearly, shell.clock()));
                var server = WitnessServer.start(
                        new InetSocketAddress(host, port),
                        opened.witness(),
                        opened.key().toString(),
                        line -> shell.err().println("witness: " + line))) {
            tell(host, server, opened.key(), json);
            var end = new CountDownLatch(1);
            // The process ends by a signal only; until then other threads answer.
            end.await();
        }
        return ExitCode.DONE.number();
    }

    private void tell(String host, WitnessServer server, VerifierKey key, boolean json) {
        String url = "http://" + host + ":" + server.address().getPort() + "/";
        shell.out()
                .println(
                        json
                                ? Json.object()
                                        .put("url", url)
                                        .put("key", key.toString())
                                        .build()
                                        .canonical()
                                : "witness " + key + " on " + url);
        shell.out().flush();
    }

    private static WitnessFiles.Opened open(WitnessFiles files, Path passwordFile, LogsFile logs) {
        try (SecretBytes password = new PasswordFile(passwordFile).read()) {
            return files.open(logs, password, logs.clock());
        } catch (CryptoException | LogException unusable) {
            throw new ClientException(
                    unusable.code(),
                    ExitCode.USAGE,
                    "the witness does not open: make it with witness key; the key store, its password and the folder belong"
                            + " together, and one process at a time may use them",
                    unusable);
        }
    }

    private static Origin origin(String name) {
        try {
            return new Origin(name);
        } catch (LogException malformed) {
            throw new ClientException(
                    Code.INVALID_REQUEST, ExitCode.USAGE, "--name must be like witness.example/w1", malformed);
        }
    }
}
