package io.tamis.cli.audit;

import io.tamis.data.Json;
import io.tamis.log.Checkpoint;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.Optional;

/**
 * What an audit came to.
 *
 * @param checkpoint what the log signed; empty when the export is broken
 * @param findings at most {@link Findings#LIMIT} of each kind
 */
public record AuditReport(Verdict verdict, Optional<Checkpoint> checkpoint, Counts counts, List<Finding> findings) {
    public AuditReport {
        Objects.requireNonNull(verdict);
        Objects.requireNonNull(checkpoint);
        Objects.requireNonNull(counts);
        findings = List.copyOf(findings);
    }

    /** The end of an audit, and the exit status of the command. */
    public enum Verdict {
        /** Everything there is holds. */
        VALID(0),
        /** Something does not hold. */
        INVALID(2),
        /** Nothing is wrong with what is there, but not everything is there any more. */
        INCOMPLETE(3);

        private final int exit;

        Verdict(int exit) {
            this.exit = exit;
        }

        /** The exit status. */
        public int exit() {
            return exit;
        }
    }

    /**
     * How much was looked at.
     *
     * @param unknown entries of a type this auditor does not know; their place in the tree is checked
     * @param spent what each budget row adds up to
     */
    public record Counts(
            long entries,
            long erased,
            long unknown,
            long bundles,
            long decisions,
            long columns,
            long charges,
            long releases,
            long deliveries,
            List<Spent> spent) {
        static final Counts NONE = new Counts(0, 0, 0, 0, 0, 0, 0, 0, 0, List.of());

        public Counts {
            spent = List.copyOf(spent);
        }
    }

    /** Machine-readable. */
    public Json.Obj toJson() {
        return Json.object()
                .put("verdict", verdict.name())
                .putIfPresent("origin", checkpoint.map(signed -> signed.origin().toString()))
                .putIfPresent(
                        "root", checkpoint.map(signed -> signed.head().root().hex()))
                .put("entries", counts.entries)
                .put("erased", counts.erased)
                .put("unknownTypes", counts.unknown)
                .put("bundles", counts.bundles)
                .put("decisions", counts.decisions)
                .put("columns", counts.columns)
                .put("charges", counts.charges)
                .put("releases", counts.releases)
                .put("deliveries", counts.deliveries)
                .put(
                        "spent",
                        Json.array(counts.spent.stream().map(Spent::toJson).toList()))
                .put(
                        "findings",
                        Json.array(findings.stream().map(Finding::toJson).toList()))
                .build();
    }

    /** For people, a line each; the last one is the verdict. */
    public List<String> lines() {
        var lines = new ArrayList<String>();
        checkpoint.ifPresent(signed -> {
            lines.add(
                    "log        " + signed.origin() + ", root " + signed.head().root());
            lines.add("as of      checkpoint %d; what came later is not in it"
                    .formatted(signed.head().size()));
            lines.add("tree       %d entries hash to the root the log's key signed".formatted(counts.entries));
            lines.add("policy     %d decisions on %d columns decided again under %d bundle(s)"
                    .formatted(counts.decisions, counts.columns, counts.bundles));
            lines.add("budget     %d charges added up on %d rows".formatted(counts.charges, counts.spent.size()));
            lines.add("delivery   %d deliveries held against %d releases, releases against charges"
                    .formatted(counts.deliveries, counts.releases));
            if (counts.erased + counts.unknown > 0) {
                lines.add("unread     %d erased entries, %d of unknown type".formatted(counts.erased, counts.unknown));
            }
        });
        findings.forEach(finding -> lines.add("finding    " + finding));
        lines.add(verdict
                + switch (verdict) {
                    case VALID -> ": everything holds";
                    case INVALID -> ": do not rely on this log before the findings are explained";
                    case INCOMPLETE -> ": nothing is wrong with what is there, but not everything is there";
                });
        return lines;
    }
}
