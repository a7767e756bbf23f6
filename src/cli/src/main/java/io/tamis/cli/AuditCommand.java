package io.tamis.cli;

import io.tamis.cli.audit.AuditReport;
import io.tamis.cli.audit.AuditVerification;
import io.tamis.cli.audit.ReceiptCheck;
import io.tamis.cli.client.ApiClient;
import io.tamis.cli.client.ClientException;
import io.tamis.cli.client.ExitCode;
import io.tamis.cli.client.ExportDownload;
import io.tamis.cli.client.Shell;
import io.tamis.data.Json;
import io.tamis.data.TamisException;
import io.tamis.log.VerifierKey;
import java.nio.file.Files;
import java.nio.file.Path;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** The officer's commands: take the log away, and check it without the service. */
@Command(
        name = "audit",
        description = "Export the ledger, and verify an export or a receipt offline.",
        mixinStandardHelpOptions = true)
final class AuditCommand {
    /** What a command takes from a service. */
    private static final int RESULT_BYTES_MAX = 16 << 20;

    private final Shell shell;

    AuditCommand(Shell shell) {
        this.shell = shell;
    }

    @Command(
            name = "export",
            description = {
                "Download the whole ledger with all entries and policy bundles into DIR; role compliance-officer.",
                "DIR must be empty or not there yet. The export itself is logged."
            })
    int export(@Mixin Connection connection, @Parameters(paramLabel = "DIR") Path folder) {
        try (ApiClient client = connection.openWithToken(shell)) {
            ExportDownload.into(folder, client);
        }
        if (connection.json) {
            shell.out()
                    .println(Json.object()
                            .put("folder", folder.toString())
                            .build()
                            .canonical());
        } else {
            shell.out().println("exported to " + folder + "; check it: ./tamis audit verify " + folder + " --key VKEY");
        }
        return ExitCode.DONE.number();
    }

    @Command(
            name = "verify",
            description = {
                "Verify an export without the service; names the entry or file that is wrong.",
                "Checked are manifest, tree and signature; every decision is decided again under its bundle, budgets are"
                        + " added up again, deliveries matched.",
                "An older export of the same log verifies too: compare \"as of checkpoint\", or use --at-least.",
                "Exits 0 when everything holds, 2 when something does not, 3 when the log says that entries were erased."
            },
            mixinStandardHelpOptions = true)
    int verify(
            @Parameters(paramLabel = "DIR", description = "what audit export wrote") Path folder,
            @Option(
                            names = "--key",
                            required = true,
                            paramLabel = "VKEY",
                            description = "the log's key, name+keyid+base64, from a source you trust")
                    String key,
            @Option(
                            names = "--at-least",
                            paramLabel = "SIZE",
                            defaultValue = "0",
                            description = "the size of a checkpoint you know of; a smaller export is invalid")
                    long atLeast,
            @Option(names = "--json", description = "print the report as JSON on standard output") boolean json) {
        if (!Files.isDirectory(folder)) {
            throw ClientException.usage("no such folder: " + folder);
        }
        var progress = new AuditProgress(shell, folder);
        AuditReport report = AuditVerification.verify(folder, parse(key), atLeast, progress);
        progress.end();
        if (json) {
            shell.out().println(report.toJson().canonical());
        } else {
            report.lines().forEach(line -> shell.out().println(line));
        }
        return report.verdict().exit();
    }

    @Command(
            name = "receipt",
            description = {
                "Verify a result's receipt without the service: its entry is in a tree that the log's key has signed.",
                "FILE is what job result --json printed; - is standard input. Exits 0 when the receipt holds, 1 when not.",
                "What the entry says is not in a receipt: the printed hash must be the entry's resultHash."
            },
            mixinStandardHelpOptions = true)
    int receipt(
            @Parameters(paramLabel = "FILE|-") String file,
            @Option(
                            names = "--key",
                            required = true,
                            paramLabel = "VKEY",
                            description = "the log's key, name+keyid+base64, from a source you trust")
                    String key,
            @Option(names = "--json", description = "print {holds, eventId, treeSize, resultHash} on standard output")
                    boolean json) {
        VerifierKey trusted = parse(key);
        var check = ReceiptCheck.of(JsonFile.read(file, RESULT_BYTES_MAX, shell), trusted);
        if (json) {
            var told = Json.object()
                    .put("holds", check.holds())
                    .put("eventId", check.eventId())
                    .put("resultHash", check.resultHash().hex());
            check.treeSize().ifPresent(size -> told.put("treeSize", size));
            shell.out().println(told.build().canonical());
        } else if (check.holds()) {
            shell.out()
                    .println("HOLDS: event " + check.eventId() + " is in the log " + trusted.name() + ", signed at "
                            + check.treeSize().getAsLong() + " entries");
            shell.out()
                    .println("this result's hash, to be the entry's resultHash: "
                            + check.resultHash().hex());
        } else {
            shell.out().println("INVALID: this receipt does not lead to a tree signed by this key");
        }
        return (check.holds() ? ExitCode.DONE : ExitCode.NO).number();
    }

    private static VerifierKey parse(String key) {
        try {
            return VerifierKey.parse(key);
        } catch (TamisException malformed) {
            throw ClientException.usage("--key is not a log's key of the form name+keyid+base64");
        }
    }
}
