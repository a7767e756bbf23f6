package io.tamis.cli;

import io.tamis.cli.bench.AuditBench;
import io.tamis.cli.bench.GenerateBench;
import io.tamis.cli.bench.HeBench;
import io.tamis.cli.bench.JobBench;
import io.tamis.cli.bench.LedgerBench;
import io.tamis.cli.bench.LinkBench;
import io.tamis.cli.bench.LoadBench;
import io.tamis.cli.bench.OverlapBench;
import io.tamis.cli.client.ClientException;
import io.tamis.cli.client.ExitCode;
import io.tamis.cli.client.Shell;
import java.time.Duration;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/** Measurements. */
@Command(
        name = "bench",
        description =
                "Measure. A bench starts a server of its own on a temporary data directory, unless its help says that none is started.",
        mixinStandardHelpOptions = true)
final class BenchCommand {
    private static final int JOBS_MAX = 500;
    private static final int SECONDS_MAX = 600;

    private final Shell shell;

    BenchCommand(Shell shell) {
        this.shell = shell;
    }

    @Command(
            name = "job",
            mixinStandardHelpOptions = true,
            description =
                    "How long a small AGGREGATE job takes through HTTP, at a release tick of 50 ms and at the default.")
    int job(
            @Option(names = "--jobs", defaultValue = "100", description = "measured at 50 ms (default 100)") int jobs,
            @Option(names = "--jobs-default", defaultValue = "12", description = "measured at the default (default 12)")
                    int jobsDefault,
            @Option(names = "--json", description = "print one JSON object on standard output, and nothing else there")
                    boolean json) {
        if (jobs < 1 || jobsDefault < 1 || jobs + jobsDefault > JOBS_MAX) {
            throw ClientException.usage("--jobs and --jobs-default are at least 1 and together at most " + JOBS_MAX);
        }
        new JobBench(shell).run(jobs, jobsDefault).print(shell, json);
        return ExitCode.DONE.number();
    }

    @Command(
            name = "load",
            mixinStandardHelpOptions = true,
            description = "How fast a large CSV is imported over HTTP by a server with 512 MB of heap.")
    int load(
            @Option(names = "--rows", defaultValue = "10000000", description = "rows of the CSV (default 10000000)")
                    int rows,
            @Option(names = "--json", description = "print one JSON object on standard output, and nothing else there")
                    boolean json) {
        if (rows < 1 || rows > LoadBench.ROWS_MAX) {
            throw ClientException.usage("--rows is 1 to " + LoadBench.ROWS_MAX);
        }
        new LoadBench(shell).run(rows).print(shell, json);
        return ExitCode.DONE.number();
    }

    @Command(
            name = "link",
            mixinStandardHelpOptions = true,
            description = "How long attaching a list to a collaboration takes a server with 512 MB of heap.")
    int link(
            @Option(names = "--persons", defaultValue = "10000000", description = "on the list (default 10000000)")
                    int persons,
            @Option(names = "--json", description = "print one JSON object on standard output, and nothing else there")
                    boolean json) {
        if (persons < 1 || persons > LinkBench.PERSONS_MAX) {
            throw ClientException.usage("--persons is 1 to " + LinkBench.PERSONS_MAX);
        }
        new LinkBench(shell).run(persons).print(shell, json);
        return ExitCode.DONE.number();
    }

    @Command(
            name = "overlap",
            mixinStandardHelpOptions = true,
            description = {
                "How long an OVERLAP job over three platforms takes through HTTP, at a release tick of 50 ms, by a server with"
                        + " 512 MB of heap.",
                "Each platform has as many persons, 45 % of them on each of the others."
            })
    int overlap(
            @Option(names = "--persons", defaultValue = "10000000", description = "on each platform (default 10000000)")
                    int persons,
            @Option(names = "--jobs", defaultValue = "20", description = "measured (default 20)") int jobs,
            @Option(names = "--json", description = "print one JSON object on standard output, and nothing else there")
                    boolean json) {
        if (persons < OverlapBench.PERSONS_MIN || persons > OverlapBench.PERSONS_MAX) {
            throw ClientException.usage("--persons is " + OverlapBench.PERSONS_MIN + " to " + OverlapBench.PERSONS_MAX);
        }
        if (jobs < 1 || jobs > OverlapBench.JOBS_MAX) {
            throw ClientException.usage("--jobs is 1 to " + OverlapBench.JOBS_MAX);
        }
        new OverlapBench(shell).run(persons, jobs).print(shell, json);
        return ExitCode.DONE.number();
    }

    @Command(
            name = "ledger",
            mixinStandardHelpOptions = true,
            description = {
                "How fast the log takes what gateways report, over HTTP and durably: 512, 64 and 1 events in flight; how far"
                        + " checkpoints are behind; how long a proof takes in a log of a million leaves and of --leaves.",
                "Ten million leaves take a quarter of an hour and 10 GB in the temporary folder."
            })
    int ledger(
            @Option(names = "--leaves", defaultValue = "10000000", description = "of the log (default 10000000)")
                    long leaves,
            @Option(names = "--seconds", defaultValue = "20", description = "each load is measured (default 20)")
                    int seconds,
            @Option(names = "--json", description = "print one JSON object on standard output, and nothing else there")
                    boolean json) {
        if (leaves < 1 || leaves > LedgerBench.LEAVES_MAX) {
            throw ClientException.usage("--leaves is 1 to " + LedgerBench.LEAVES_MAX);
        }
        if (seconds < 1 || seconds > SECONDS_MAX) {
            throw ClientException.usage("--seconds is 1 to " + SECONDS_MAX);
        }
        new LedgerBench(shell, Duration.ofSeconds(seconds)).run(leaves).print(shell, json);
        return ExitCode.DONE.number();
    }

    @Command(
            name = "audit",
            mixinStandardHelpOptions = true,
            description = {
                "How long a full audit of an exported log takes: tree, signature, decisions, budgets, deliveries.",
                "Writes the log to the temporary folder, about 750 bytes an entry. No server is started."
            })
    int audit(
            @Option(names = "--entries", defaultValue = "10000000", description = "of the log (default 10000000)")
                    long entries,
            @Option(names = "--json", description = "print one JSON object on standard output, and nothing else there")
                    boolean json) {
        if (entries < 1 || entries > AuditBench.ENTRIES_MAX) {
            throw ClientException.usage("--entries is 1 to " + AuditBench.ENTRIES_MAX);
        }
        new AuditBench(shell).run(entries).print(shell, json);
        return ExitCode.DONE.number();
    }

    @Command(
            name = "generate",
            mixinStandardHelpOptions = true,
            description = "How long a synthetic world of a million persons takes, all files. No server is started.")
    int generate(
            @Option(names = "--json", description = "print one JSON object on standard output, and nothing else there")
                    boolean json) {
        new GenerateBench(shell).run().print(shell, json);
        return ExitCode.DONE.number();
    }

    @Command(
            name = "he",
            mixinStandardHelpOptions = true,
            description = {
                "How long transforms, encryption, masks and shares of encrypted aggregation take, warm: the median of fresh JVMs.",
                "per_seal and per_hexl are Microsoft SEAL's time divided by ours, stored figures of another machine; per_node_seal is"
                        + " SEAL in WebAssembly, measured here when npm is there. No server is started; 3 GB of heap."
            })
    int he(
            @Option(names = "--jvms", defaultValue = "5", description = "measured one after another (default 5)")
                    int jvms,
            @Option(
                            names = "--processor-time",
                            description = "count the thread's processor time: for a machine that has other work")
                    boolean processorTime,
            @Option(names = "--json", description = "print one JSON object on standard output, and nothing else there")
                    boolean json) {
        if (jvms < 1 || jvms > HeBench.JVMS_MAX) {
            throw ClientException.usage("--jvms is 1 to " + HeBench.JVMS_MAX);
        }
        HeBench.besideNodeSeal(shell).run(jvms, processorTime).print(shell, json);
        return ExitCode.DONE.number();
    }
}
