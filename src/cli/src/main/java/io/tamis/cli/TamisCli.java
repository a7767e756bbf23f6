package io.tamis.cli;

import io.tamis.cli.client.Auditor;
import io.tamis.cli.client.ClientException;
import io.tamis.cli.client.ExitCode;
import io.tamis.cli.client.Shell;
import io.tamis.data.TamisException;
import java.io.FileDescriptor;
import java.io.FileOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.io.PrintWriter;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.ParseResult;

/** Entry point: the one place where commands are registered and where what went wrong becomes a line and a status. */
@Command(
        name = "./tamis",
        synopsisSubcommandLabel = "COMMAND",
        versionProvider = TamisCli.Version.class,
        mixinStandardHelpOptions = true)
public final class TamisCli implements Runnable {
    private final Shell shell;

    private TamisCli(Shell shell) {
        this.shell = shell;
    }

    /** Runs a command and ends the process with its status. */
    public static void main(String... args) {
        // UTF-8 whatever the locale says: files and pipes of today are, and a check mark must not become a question
        // mark.
        System.setOut(new PrintStream(new FileOutputStream(FileDescriptor.out), true, StandardCharsets.UTF_8));
        System.setErr(new PrintStream(new FileOutputStream(FileDescriptor.err), true, StandardCharsets.UTF_8));
        // The schema validator logs through SLF4J; no backend is wanted here, and its notice about that would be noise.
        System.setProperty("slf4j.internal.verbosity", "ERROR");
        System.exit(run(Shell.ofProcess(), args));
    }

    /** Runs a command in this shell and returns its status. */
    static int run(Shell shell, String... args) {
        return commands(shell).execute(args);
    }

    /** The whole command tree. */
    static CommandLine commands(Shell shell) {
        Auditor auditor = new LedgerAuditor();
        var line = new CommandLine(new TamisCli(shell))
                .addSubcommand(new DemoCommand(shell, auditor))
                .addSubcommand(new TokenCommand(shell))
                .addSubcommand(new StatusCommand(shell))
                .addSubcommand(new DatasetCommand(shell))
                .addSubcommand(new TagsCommand(shell))
                .addSubcommand(new CollaborationCommand(shell))
                .addSubcommand(new JobCommand(shell))
                .addSubcommand(new DryRunCommand(shell))
                .addSubcommand(new BudgetCommand(shell))
                .addSubcommand(new CommandLine(new AuditCommand(shell))
                        .addSubcommand(new SearchCommand(shell))
                        .addSubcommand(new RetentionCommand(shell))
                        .addSubcommand(new HoldCommand(shell))
                        .addSubcommand(new EraseCommand(shell)))
                .addSubcommand(new PolicyCommand(shell))
                .addSubcommand(new KeysCommand(shell))
                .addSubcommand(new WitnessCommand(shell))
                .addSubcommand(new HolderCommand(shell))
                .addSubcommand(new BenchCommand(shell))
                .addSubcommand(new SoakCommand(shell, auditor));
        line.setOut(new PrintWriter(shell.out(), true, StandardCharsets.UTF_8));
        line.setErr(new PrintWriter(shell.err(), true, StandardCharsets.UTF_8));
        line.setUsageHelpWidth(110);
        line.setCaseInsensitiveEnumValuesAllowed(true);
        line.setExecutionStrategy(TamisCli::execute);
        line.setExecutionExceptionHandler((failure, at, parsed) -> report(shell, failure, parsed));
        return line;
    }

    @Override
    public void run() {
        shell.out().print(help());
    }

    /** The overview by audience; the launcher prints the same file before anything is built. */
    static String help() {
        try (var in = TamisCli.class.getResourceAsStream("help.txt")) {
            String text = new String(in.readAllBytes(), StandardCharsets.UTF_8);
            return text.substring(0, text.indexOf("\nserve: ") + 1);
        } catch (IOException unreadable) {
            throw new UncheckedIOException(unreadable);
        }
    }

    private static int report(Shell shell, Exception failure, ParseResult parsed) {
        return switch (failure) {
            case ClientException known -> {
                known.problem()
                        .ifPresentOrElse(
                                problem -> new Report(shell, isJson(parsed)).refused(problem),
                                () -> shell.err().println(known.code() + ": " + known.advice()));
                yield known.exit().number();
            }
            case TamisException coded -> {
                shell.err()
                        .println(coded.code() + ": " + coded.code().title() + " (way out: "
                                + coded.code().documentation() + ")");
                yield ExitCode.NO.number();
            }
            default -> {
                // A bug of ours: its trace is for us, and there is nothing personal in the command line's memory.
                failure.printStackTrace(shell.err());
                yield ExitCode.INTERNAL.number();
            }
        };
    }

    /** As usual, but --help behind a word that is no command is not a success. */
    private static int execute(ParseResult parsed) {
        ParseResult leaf = leaf(parsed);
        if (!leaf.unmatched().isEmpty()) {
            throw new CommandLine.UnmatchedArgumentException(leaf.commandSpec().commandLine(), leaf.unmatched());
        }
        return new CommandLine.RunLast().execute(parsed);
    }

    private static boolean isJson(ParseResult parsed) {
        return leaf(parsed).hasMatchedOption("--json");
    }

    private static ParseResult leaf(ParseResult parsed) {
        ParseResult leaf = parsed;
        while (leaf.hasSubcommand()) {
            leaf = leaf.subcommand();
        }
        return leaf;
    }

    /** The version that the launcher read from the build. */
    static final class Version implements CommandLine.IVersionProvider {
        @Override
        public String[] getVersion() {
            return new String[] {"Tamis " + System.getProperty("tamis.version", "(unknown version)")};
        }
    }
}
