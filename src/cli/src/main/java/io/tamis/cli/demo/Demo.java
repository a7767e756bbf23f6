package io.tamis.cli.demo;

import io.tamis.cli.client.ApiClient;
import io.tamis.cli.client.Auditor;
import io.tamis.cli.client.DataDir;
import io.tamis.cli.client.ExitCode;
import io.tamis.cli.client.ServerLaunch;
import io.tamis.cli.client.ServerProcess;
import io.tamis.cli.client.Shell;
import io.tamis.data.Json;
import java.io.PrintStream;
import java.nio.file.Path;
import java.util.Optional;
import java.util.UUID;
import java.util.stream.Stream;

/** Starts a service, plays the script against it, and then keeps it running for whoever wants to go on by hand. */
public final class Demo {
    private final Shell shell;
    private final Options options;
    private final Auditor auditor;

    /**
     * What the command line chose.
     *
     * @param once end after the script instead of serving on
     */
    public record Options(DataDir data, int port, boolean once, boolean json) {}

    /** A demonstration in this shell. */
    public Demo(Shell shell, Options options, Auditor auditor) {
        this.shell = shell;
        this.options = options;
        this.auditor = auditor;
    }

    /** Plays it and returns the exit status: 0 when every step was as it should be. */
    public int run() {
        PrintStream told = options.json() ? shell.err() : shell.out();
        var launch = ServerLaunch.of(shell, options.data(), options.port());
        told.println("Individuals in, aggregates out. Data directory: "
                + options.data().path());
        var steps = new Steps(shell, told);
        try (DemoChain chain = DemoChain.start(shell, options.data());
                WitnessProcess witness = WitnessProcess.of(options.data());
                KeyHolders holders = new KeyHolders(options.data().path());
                ServerProcess server = ServerProcess.start(
                        launch.withSettings(Stream.concat(Stream.of(witness.settings()), Stream.of(chain.settings()))
                                .toArray(String[]::new)));
                ApiClient client = ApiClient.of(launch.url())) {
            String run = UUID.randomUUID().toString().substring(0, 8);
            var script = new Script(new Stage(shell, client, options.data(), run), auditor);
            var beside = new Script.Companions(witness, chain, holders);
            script.play(steps, server, beside);
            Optional<String> failed = steps.failed();
            tell(told, steps, script);
            if (failed.isEmpty() && !options.once()) {
                serveOn(told, client, script, beside);
                server.awaitEnd();
            }
            return (failed.isEmpty() ? ExitCode.DONE : ExitCode.NO).number();
        }
    }

    private void tell(PrintStream told, Steps steps, Script script) {
        if (options.json()) {
            var json = Json.object().put("ok", steps.failed().isEmpty()).put("steps", steps.record());
            json.putIfPresent("failed", steps.failed());
            json.putIfPresent("firstAnswerSeconds", script.firstAnswerSeconds());
            shell.out().println(json.build().canonical());
        }
        steps.failed()
                .ifPresentOrElse(
                        name -> told.println("The step \"" + name + "\" is not as it should be; the server's log is "
                                + options.data().serverLog()),
                        () -> told.println("Every step is as it should be; the first answer came after "
                                + script.firstAnswerSeconds().orElse("?") + " s."));
    }

    private void serveOn(PrintStream told, ApiClient client, Script script, Script.Companions beside) {
        Path log = options.data().serverLog();
        told.println();
        told.println("Serving on " + client.url() + " until Ctrl-C (log: " + log + ")");
        told.println("  API        " + client.url() + "/q/swagger-ui");
        told.println("  verify     " + client.url() + "/verify, for example receipt.txt and receipt.key in "
                + options.data().path());
        told.println("  checkpoint " + client.url() + "/v1/ledger/checkpoint");
        told.println("  ledger key " + client.url() + "/v1/ledger/key");
        script.cast().ifPresent(cast -> {
            told.println("Tokens for 12 hours, for example: TAMIS_TOKEN=... ./tamis budget");
            told.println("  merchant   " + cast.merchant().reveal());
            told.println("  platform   " + cast.platform().reveal());
            told.println("  officer    " + cast.officer().reveal());
            told.println("  shop       " + cast.shop().reveal());
            told.println("The merchant and the shop are members of an agreement: ./tamis collaboration list");
            told.println("Check the ledger yourself, as the officer:");
            told.println("  export TAMIS_TOKEN=" + cast.officer().reveal());
            told.println("  "
                    + new Afterwards(client)
                            .audit(
                                    beside.witness().verifierKey(),
                                    beside.chain().rpc()));
        });
    }
}
