package io.tamis.cli.soak;

import io.tamis.cli.bench.SoakReport;
import io.tamis.cli.client.Auditor;
import io.tamis.cli.client.Shell;
import io.tamis.cli.devnet.Devnet;
import java.util.EnumMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.SplittableRandom;

/**
 * Plays the database's administrator against a live log whose head is on a chain. Whatever is done to anchored entries must
 * be seen by an auditor who has the log's key, an export and the contract's address, and nothing else of the service; what
 * was not touched must raise no alarm. What is younger than the newest anchor an administrator can rewrite, and then an audit
 * that knows no later checkpoint sees nothing: that is asserted too.
 */
public final class LedgerTamper {
    /** Cases before the log is begun anew: every audit is an entry itself, and a long log takes long to audit. */
    private static final int CASES_A_LOG_MAX = 200;

    /** A log's start is worth so many cases. */
    private static final int CASES_A_LOG_MIN = 10;

    private static final List<WholeTampering> KINDS = List.of(WholeTampering.values());

    private final Shell shell;
    private final Auditor auditor;

    /** The soak in this shell. */
    public LedgerTamper(Shell shell, Auditor auditor) {
        this.shell = shell;
        this.auditor = auditor;
    }

    /** Runs so many cases, drawn from this seed. */
    public SoakReport run(int cases, long seed) {
        var report = new SoakReport("ledger-tamper");
        report.fact("seed", seed);
        switch (Devnet.start(shell, Optional.empty())) {
            case Devnet.Start.Missing(String why) -> report.require(false, "there is no chain to anchor on: " + why);
            case Devnet.Start.Running(Devnet devnet) -> {
                try (devnet) {
                    play(report, devnet, cases, new SplittableRandom(seed));
                }
            }
        }
        return report;
    }

    private void play(SoakReport report, Devnet devnet, int cases, SplittableRandom random) {
        var rows = new EnumMap<RowTampering, Integer>(RowTampering.class);
        var wholes = new EnumMap<WholeTampering, Integer>(WholeTampering.class);
        int clean = 0;
        int done = 0;
        // Each log ends with a case against the whole of it: few cases are spread so that every kind has its turn.
        int each = Math.clamp(cases / KINDS.size(), CASES_A_LOG_MIN, CASES_A_LOG_MAX);
        for (int log = 0; done < cases; log++) {
            int part = Math.min(each, cases - done);
            var whole = KINDS.get(log % KINDS.size());
            try (var disk = SmallDisk.make(shell);
                    var target = AnchoredLog.start(shell, auditor, devnet, disk.folder(), random.split())) {
                var attack = new TamperCases(report, target, random.split(), rows);
                for (int i = 0; i < part - 1; i++) {
                    attack.rows(done + i);
                }
                clean += attack.clean();
                new TamperWhole(report, target, random.split()).play(whole);
                wholes.merge(whole, 1, Integer::sum);
                disk.wentWell();
            }
            done += part;
            shell.err()
                    .printf(
                            "%d of %d cases, %s%n",
                            done,
                            cases,
                            report.violations().isEmpty()
                                    ? "ok"
                                    : report.violations().size() + " BROKEN");
        }
        report.fact("cases", done);
        report.fact("clean_audits", clean);
        told(report, rows);
        told(report, wholes);
    }

    private static <E extends Enum<E>> void told(SoakReport report, Map<E, Integer> counts) {
        counts.forEach((kind, count) -> report.fact(kind.name().toLowerCase(Locale.ROOT), count));
    }
}
