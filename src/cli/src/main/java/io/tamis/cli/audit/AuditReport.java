package io.tamis.cli.audit;

import io.tamis.cli.chain.Anchor;
import io.tamis.data.Json;
import io.tamis.log.Checkpoint;
import io.tamis.log.ExportResult;
import io.tamis.log.TreeHead;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.Optional;

/**
 * What an audit came to.
 *
 * @param logs what each log signed, in order; none when an export is broken
 * @param findings at most {@link Findings#LIMIT} of each kind
 */
public record AuditReport(
        Verdict verdict, List<Checkpoint> logs, Counts counts, Evidence evidence, List<Finding> findings) {
    public AuditReport {
        Objects.requireNonNull(verdict);
        Objects.requireNonNull(counts);
        Objects.requireNonNull(evidence);
        logs = List.copyOf(logs);
        findings = List.copyOf(findings);
    }

    /** What the newest log signed; empty when the export is broken. */
    public Optional<Checkpoint> checkpoint() {
        return logs.isEmpty() ? Optional.empty() : Optional.of(logs.getLast());
    }

    /** True when all is well but the root: the entries are not those that were signed. */
    boolean rootDiffers() {
        return findings.stream()
                .anyMatch(finding -> finding.kind() == Finding.Kind.EXPORT_BROKEN
                        && finding.detail().equals(ExportResult.Problem.ROOT_DIFFERS.name()));
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

    /**
     * Who else vouches for the newest log.
     *
     * @param from entries before this one were verified by an earlier audit, and only counted by this one
     * @param keys how many keys had to sign
     * @param cosigned how many of the auditor's witnesses did
     * @param quorum how many must have
     * @param witnesses how many were named
     */
    public record Evidence(long from, int keys, int cosigned, int quorum, int witnesses, Chain chain) {
        static final Evidence NONE = new Evidence(0, 0, 0, 0, 0, Chain.NONE);

        public Evidence {
            Objects.requireNonNull(chain);
        }

        private List<String> lines() {
            var lines = new ArrayList<String>();
            if (keys > 1) {
                lines.add("signed     by all %d keys of the log".formatted(keys));
            }
            lines.add(
                    witnesses == 0
                            ? "witnesses  not asked (--witness)"
                            : "witnesses  %d of %d have cosigned, %d needed".formatted(cosigned, witnesses, quorum));
            lines.add("chain      " + chain.text());
            if (from > 0) {
                lines.add(
                        "since      entries before %d were verified earlier and only counted now; that they are unchanged in"
                                        .formatted(from)
                                + " this export, and that no newer entry repeats an id of theirs, takes a run without --state");
            }
            return lines;
        }
    }

    /** How the question to the chain ended. */
    public enum Told {
        /** No chain was named. */
        NOT_ASKED,
        /** The node did not answer as it should. */
        NOT_READ,
        /** The contract holds no anchor under this log id. */
        NOTHING,
        /** It told its newest anchor. */
        ANCHOR
    }

    /**
     * What a chain holds of the newest log.
     *
     * @param newest the newest anchor it told
     * @param compared how many anchored roots were compared
     * @param agreed the newest anchored root that is the log's
     */
    public record Chain(Told told, Optional<Anchor> newest, long compared, Optional<TreeHead> agreed) {
        static final Chain NONE = new Chain(Told.NOT_ASKED, Optional.empty(), 0, Optional.empty());

        public Chain {
            Objects.requireNonNull(told);
            Objects.requireNonNull(newest);
            Objects.requireNonNull(agreed);
        }

        private String text() {
            return switch (told) {
                case NOT_ASKED -> "not asked (--rpc)";
                case NOT_READ -> "not read: nothing is known of what it holds";
                case NOTHING -> "holds nothing under this log id: check it";
                case ANCHOR -> {
                    Anchor anchor = newest.orElseThrow();
                    yield "newest anchor is of %d entries, in block %d at %s; "
                                    .formatted(anchor.head().size(), anchor.block(), anchor.at())
                            + agreed.map(head -> "holds this log's root of %d entries".formatted(head.size()))
                                    .orElse("holds no root of this log that could be compared");
                }
            };
        }

        private Json.Obj toJson() {
            var json = Json.object().put("told", told.name()).put("compared", compared);
            newest.ifPresent(anchor -> json.put("size", anchor.head().size())
                    .put("block", anchor.block())
                    .put("at", anchor.at().toString()));
            return json.build();
        }
    }

    /** Machine-readable. */
    public Json.Obj toJson() {
        return Json.object()
                .put("verdict", verdict.name())
                .putIfPresent(
                        "origin", checkpoint().map(signed -> signed.origin().toString()))
                .putIfPresent(
                        "root", checkpoint().map(signed -> signed.head().root().hex()))
                .put("size", checkpoint().map(signed -> signed.head().size()).orElse(0L))
                .put("verifiedEarlier", evidence.from)
                .put("keys", evidence.keys)
                .put("cosignatures", evidence.cosigned)
                .put("quorum", evidence.quorum)
                .put("witnesses", evidence.witnesses)
                .put("anchoredSize", evidence.chain.agreed.map(TreeHead::size).orElse(0L))
                .put("anchorsCompared", evidence.chain.compared)
                .put("chain", evidence.chain.toJson())
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
        logs.stream()
                .limit(Math.max(0, logs.size() - 1))
                .forEach(signed -> lines.add(
                        "before     " + signed.origin() + ", " + signed.head().size() + " entries, root "
                                + signed.head().root()));
        checkpoint().ifPresent(signed -> {
            lines.add(
                    "log        " + signed.origin() + ", root " + signed.head().root());
            lines.add("as of      checkpoint %d; what came later is not in it"
                    .formatted(signed.head().size()));
            lines.addAll(evidence.lines());
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
