package io.tamis.cli;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.tamis.cli.audit.AuditReport;
import io.tamis.cli.audit.AuditRequest;
import io.tamis.cli.audit.AuditVerification;
import io.tamis.cli.audit.DisclosureCheck;
import io.tamis.cli.audit.ReceiptCheck;
import io.tamis.cli.audit.Trust;
import io.tamis.cli.chain.ChainException;
import io.tamis.cli.chain.Notarised;
import io.tamis.cli.chain.NotaryContract;
import io.tamis.cli.client.ApiClient;
import io.tamis.cli.client.ClientException;
import io.tamis.cli.client.ExitCode;
import io.tamis.cli.client.ExportDownload;
import io.tamis.cli.client.Shell;
import io.tamis.data.Json;
import io.tamis.log.VerifierKey;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
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

    private static final String PROOF_BEGIN = "c2sp.org/tlog-proof@";

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
                "Verify the log, from an export without the service, or from a service (export and verification in one).",
                "Checked are manifest, tree and signatures; every decision is decided again under its bundle, budgets are"
                        + " added up again, deliveries matched; witnesses and the chain, if given.",
                "Several years' logs are given in their order. With --state a later run looks at new entries only.",
                "An older export of the same log verifies too: compare \"as of checkpoint\", or use --at-least.",
                "Exits 0 when everything holds, 2 when something does not, 3 when something is not there to be checked:"
                        + " erased as the log says, or not anchored yet."
            })
    int verify(
            @Parameters(paramLabel = "DIR|URL", arity = "1..*", description = "what audit export wrote, or a service")
                    List<String> logs,
            @Mixin WitnessOptions trust,
            @Mixin ChainOptions chain,
            @Option(
                            names = "--at-least",
                            paramLabel = "SIZE",
                            defaultValue = "0",
                            description = "the size of a checkpoint you know of; a smaller log is invalid")
                    long atLeast,
            @Option(
                            names = "--state",
                            paramLabel = "FILE",
                            description = "where this audit leaves off, and a later one begins; written unless invalid")
                    Optional<Path> state,
            @Mixin Connection connection) {
        if (logs.size() > AuditRequest.LOGS_MAX || atLeast < 0) {
            throw ClientException.usage("at most " + AuditRequest.LOGS_MAX + " logs, and no size below 0");
        }
        List<VerifierKey> keys = trust.keys();
        try (var folders = new AuditFolders(shell, connection);
                var contract = Closing.of(chain.contract())) {
            // Asked before the export: a log that is shorter than the chain knew before has been rolled back.
            long anchored = logs.stream().anyMatch(AuditFolders::isService) ? anchoredSize(contract.held()) : 0;
            var request = new AuditRequest(
                    logs.stream().map(folders::of).toList(),
                    keys,
                    trust.witnesses(),
                    contract.held().map(Notarised.class::cast),
                    state,
                    Math.max(atLeast, anchored));
            var progress = new AuditProgress(shell, request.logs());
            AuditReport report = AuditVerification.verify(request, progress);
            progress.end();
            if (connection.json) {
                shell.out().println(report.toJson().canonical());
            } else {
                report.lines().forEach(line -> shell.out().println(line));
            }
            return report.verdict().exit();
        }
    }

    /** A node that does not answer now will be asked again, and that is then a finding. */
    private static long anchoredSize(Optional<NotaryContract> contract) {
        try {
            return contract.flatMap(NotaryContract::newest)
                    .map(anchor -> anchor.head().size())
                    .orElse(0L);
        } catch (ChainException silent) {
            return 0;
        }
    }

    @Command(
            name = "receipt",
            description = {
                "Verify a receipt without the service: its entry is in a tree that the log's key has signed.",
                "FILE is what job result --json printed, or a receipt in its text form; - is standard input.",
                "What the entry says is not in a receipt: with --entry the result is compared with what the log committed"
                        + " to, without it the result may be anybody's. Exits 0 when all that was asked holds, 1 when not."
            },
            mixinStandardHelpOptions = true)
    int receipt(
            @Parameters(paramLabel = "FILE|-") String file,
            @Option(
                            names = "--entry",
                            paramLabel = "FILE",
                            description = "the entry with its salt, {event, salt}, or its disclosure")
                    Optional<String> entry,
            @Mixin WitnessOptions trust,
            @Mixin ChainOptions chain,
            @Option(
                            names = "--json",
                            description =
                                    "print {holds, resultCompared, anchored, failed, eventId, treeSize, resultHash}")
                    boolean json) {
        byte[] given = JsonFile.bytes(file, RESULT_BYTES_MAX, shell);
        Optional<Json.Obj> said = entry.map(path -> JsonFile.read(path, RESULT_BYTES_MAX, shell));
        try (var contract = Closing.of(chain.contract())) {
            var trusted = new Trust(trust.keys(), trust.witnesses(), view(chain, contract));
            String text = new String(given, UTF_8);
            ReceiptCheck check = text.startsWith(PROOF_BEGIN)
                    ? ReceiptCheck.ofText(text, said, trusted)
                    : ReceiptCheck.ofResult(JsonFile.parsed(given, file), said, trusted);
            if (json) {
                shell.out().println(ReceiptText.json(check).canonical());
            } else {
                ReceiptText.lines(check).forEach(line -> shell.out().println(line));
            }
            return (check.holds() ? ExitCode.DONE : ExitCode.NO).number();
        }
    }

    private static Optional<DisclosureCheck.ChainView> view(ChainOptions chain, Closing contract) {
        return contract.held()
                .map(log -> new DisclosureCheck.ChainView(chain.place().orElseThrow(), log));
    }

    @Command(
            name = "disclosure",
            description = {
                "Verify one disclosed entry without the service: that the log committed to exactly this event, in a tree that"
                        + " is signed, cosigned and, with --rpc, anchored.",
                "FILE is what GET /v1/ledger/entries/{id}/disclosure gave; - is standard input. Exits 0 when it holds, 1 when"
                        + " not, 3 when the entry is there and its content was erased."
            },
            mixinStandardHelpOptions = true)
    int disclosure(
            @Parameters(paramLabel = "FILE|-") String file,
            @Mixin WitnessOptions trust,
            @Mixin ChainOptions chain,
            @Option(
                            names = "--json",
                            description = "print {holds, failed, member, anchored, treeSize, event} on standard output")
                    boolean json) {
        Json.Obj disclosure = JsonFile.read(file, RESULT_BYTES_MAX, shell);
        try (var contract = Closing.of(chain.contract())) {
            var check = DisclosureCheck.of(disclosure, trust.keys(), trust.witnesses(), view(chain, contract));
            if (json) {
                shell.out().println(DisclosureText.json(check).canonical());
            } else {
                DisclosureText.lines(check).forEach(line -> shell.out().println(line));
            }
            return DisclosureText.exit(check);
        }
    }

    /** Something to close that may not be there. */
    private record Closing(Optional<NotaryContract> held) implements AutoCloseable {
        static Closing of(Optional<NotaryContract> contract) {
            return new Closing(contract);
        }

        @Override
        public void close() {
            held.ifPresent(NotaryContract::close);
        }
    }
}
