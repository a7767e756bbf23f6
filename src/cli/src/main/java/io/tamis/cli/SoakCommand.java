package io.tamis.cli;

import io.tamis.cli.bench.BudgetRace;
import io.tamis.cli.bench.JobKill;
import io.tamis.cli.client.Auditor;
import io.tamis.cli.client.ClientException;
import io.tamis.cli.client.Shell;
import io.tamis.cli.soak.LedgerKill;
import io.tamis.cli.soak.LedgerTamper;
import io.tamis.cli.soak.he.HeMutants;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/** Long checks. */
@Command(
        name = "soak",
        description =
                "Try to break a promise, again and again, mostly with a server of the soak's own; exit 1 when one broke.",
        mixinStandardHelpOptions = true)
final class SoakCommand {
    private static final int CASES_MAX = 1_000;
    private static final int TAMPER_CASES_MAX = 1_000_000;
    private static final int MUTANTS_MAX = 1_000_000_000;
    private static final int CLIENTS_MAX = 64;

    private final Shell shell;
    private final Auditor auditor;

    SoakCommand(Shell shell, Auditor auditor) {
        this.shell = shell;
        this.auditor = auditor;
    }

    @Command(
            name = "job-kill",
            mixinStandardHelpOptions = true,
            description = {
                "Kill -9 the server at random moments under a stream of jobs.",
                "Every acknowledged event must be in the log once, budgets equal the re-added entries, no job be stuck."
            })
    int jobKill(
            @Option(names = "--cases", defaultValue = "20", description = "how many kills (default 20)") int cases,
            @Option(names = "--seed", defaultValue = "1", description = "of the moments (default 1)") long seed,
            @Option(names = "--json", description = "print one JSON object") boolean json) {
        if (cases < 1 || cases > CASES_MAX) {
            throw ClientException.usage("--cases is 1 to " + CASES_MAX);
        }
        return new JobKill(shell, auditor).run(cases, seed).print(shell, json);
    }

    @Command(
            name = "ledger-kill",
            mixinStandardHelpOptions = true,
            description = {
                "Kill -9 servers and database at random moments under load, two servers on one database, and fill their disk"
                        + " (as root).",
                "Gateways repeat what was not acknowledged: each event must be in the log once, where it was said to be."
            })
    int ledgerKill(
            @Option(names = "--cases", defaultValue = "20", description = "how many faults (default 20)") int cases,
            @Option(names = "--seed", defaultValue = "1", description = "of faults and moments (default 1)") long seed,
            @Option(names = "--json", description = "print one JSON object") boolean json) {
        if (cases < 1 || cases > CASES_MAX) {
            throw ClientException.usage("--cases is 1 to " + CASES_MAX);
        }
        return new LedgerKill(shell, auditor).run(cases, seed).print(shell, json);
    }

    @Command(
            name = "ledger-tamper",
            mixinStandardHelpOptions = true,
            description = {
                "Play the database's administrator against a log that is anchored on a chain (needs npm): edit, delete, insert,"
                        + " reorder, fork, roll back.",
                "Everything done to anchored entries must be seen by an auditor, and nothing else raise an alarm."
            })
    int ledgerTamper(
            @Option(names = "--cases", defaultValue = "1000", description = "how many (default 1000)") int cases,
            @Option(names = "--seed", defaultValue = "1", description = "of the cases (default 1)") long seed,
            @Option(names = "--json", description = "print one JSON object") boolean json) {
        if (cases < 1 || cases > TAMPER_CASES_MAX) {
            throw ClientException.usage("--cases is 1 to " + TAMPER_CASES_MAX);
        }
        return new LedgerTamper(shell, auditor).run(cases, seed).print(shell, json);
    }

    @Command(
            name = "he-mutants",
            mixinStandardHelpOptions = true,
            description = {
                "Damage ciphertexts, keys and shares of encrypted aggregation and have them read.",
                "Each must be refused by one coded answer, within bounded memory and in a time that does not tell why."
            })
    int heMutants(
            @Option(names = "--cases", defaultValue = "1000000", description = "how many (default 1000000)") int cases,
            @Option(names = "--seed", defaultValue = "1", description = "of the damage (default 1)") long seed,
            @Option(names = "--json", description = "print one JSON object") boolean json) {
        if (cases < 1 || cases > MUTANTS_MAX) {
            throw ClientException.usage("--cases is 1 to " + MUTANTS_MAX);
        }
        return new HeMutants(shell).run(cases, seed).print(shell, json);
    }

    @Command(
            name = "budget-race",
            mixinStandardHelpOptions = true,
            description = {
                "Let clients race for the last budget over HTTP: never too much granted, nor too little.",
                "First for one dataset, then for several of a collaboration, by both mechanisms; the log is audited offline."
            })
    int budgetRace(
            @Option(names = "--clients", defaultValue = "16", description = "how many race (default 16)") int clients,
            @Option(names = "--json", description = "print one JSON object") boolean json) {
        if (clients < 1 || clients > CLIENTS_MAX) {
            throw ClientException.usage("--clients is 1 to " + CLIENTS_MAX);
        }
        return new BudgetRace(shell, auditor).run(clients).print(shell, json);
    }
}
