package io.tamis.cli;

import io.tamis.cli.client.Auditor;
import io.tamis.cli.client.DataDir;
import io.tamis.cli.client.ServerLaunch;
import io.tamis.cli.client.Shell;
import io.tamis.cli.demo.Demo;
import java.nio.file.Path;
import java.util.Optional;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/** Starts a service and walks through the three roles. */
@Command(
        name = "demo",
        description = {
            "Start a service on an embedded PostgreSQL, load real purchases, and let a merchant, a platform and an officer"
                    + " do their part over HTTP; then let three made-up platforms and the merchant sign an agreement, and ask"
                    + " across them. Three key holders and the platforms' own processes then show sums over encrypted tags that the service"
                    + " cannot open. Then keep serving until Ctrl-C.",
            "Beside it runs a development chain (an EVM node by npm, when that is there), in which the service anchors its log.",
            "A second run on the same data directory is answered from the cache and spends nothing."
        })
final class DemoCommand implements Callable<Integer> {
    private final Shell shell;
    private final Auditor auditor;

    @Option(
            names = "--once",
            description = "end after the last step: exit 0 when every step was as it should be, else 1")
    boolean once;

    @Option(
            names = "--data-dir",
            paramLabel = "DIR",
            description = "data directory (default: .tamis in the repository)")
    Optional<Path> dataDir = Optional.empty();

    @Option(names = "--port", description = "port of the service (default: 8080, or a free one when that is taken)")
    Optional<Integer> port = Optional.empty();

    @Option(names = "--json", description = "print one JSON object with all steps on standard output")
    boolean json;

    @Option(
            names = {"-h", "--help"},
            usageHelp = true,
            description = "show this help")
    boolean help;

    DemoCommand(Shell shell, Auditor auditor) {
        this.shell = shell;
        this.auditor = auditor;
    }

    @Override
    public Integer call() {
        int chosen = port.orElseGet(ServerLaunch::usualOrFreePort);
        var options = new Demo.Options(DataDir.find(dataDir, shell.root()), chosen, once, json);
        return new Demo(shell, options, auditor).run();
    }
}
