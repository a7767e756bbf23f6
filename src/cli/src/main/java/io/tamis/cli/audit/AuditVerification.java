package io.tamis.cli.audit;

import io.tamis.data.Code;
import io.tamis.data.Hash;
import io.tamis.log.Checkpoint;
import io.tamis.log.EventType;
import io.tamis.log.ExportEntry;
import io.tamis.log.ExportResult;
import io.tamis.log.ExportVisitor;
import io.tamis.log.LogException;
import io.tamis.log.LogExport;
import io.tamis.log.SignedNote;
import io.tamis.log.TreeHead;
import io.tamis.log.VerifierKey;
import io.tamis.log.Witnesses;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.LongConsumer;

/**
 * Verifies exported logs, each in one pass: its bytes against the log's keys, and what the entries say against each other
 * and against the policy bundles they name; the newest against its witnesses, a chain, and what an earlier audit has seen.
 *
 * <p>NOT promised: that what the entries say happened. A log can only be held to itself, to its signature and to its
 * policy; what was never logged is not in it.
 */
public final class AuditVerification {
    private final AuditRequest request;
    private final LongConsumer progress;
    private final Optional<SavedState> saved;
    private final boolean resuming;
    private final Optional<StateFile.Writer> facts;
    private final Findings findings = new Findings();
    private final EntryAudit entries = new EntryAudit(findings);
    private final ChainAudit chain;
    private final List<Checkpoint> done = new ArrayList<>();
    private long order;
    private long from;
    private long opaque;
    private boolean gap;

    private AuditVerification(
            AuditRequest request,
            LongConsumer progress,
            Optional<SavedState> saved,
            boolean resuming,
            Optional<StateFile.Writer> facts) {
        this.request = request;
        this.progress = progress;
        this.saved = saved;
        this.resuming = resuming;
        this.facts = facts;
        this.chain = new ChainAudit(request.chain(), findings);
    }

    /**
     * Verifies the export in this folder; {@code progress} hears how many entries are done. An older export of the same
     * log verifies too: who knows of a checkpoint gives its size as {@code atLeast}, who knows of none gives 0.
     */
    public static AuditReport verify(Path folder, VerifierKey key, long atLeast, LongConsumer progress) {
        return verify(AuditRequest.of(folder, key).atLeast(atLeast), progress);
    }

    /**
     * Verifies what is asked for. With a state, entries that an earlier audit verified are not looked at again, and the state
     * is replaced unless something is wrong; one that is damaged throws {@code DIGEST_MISMATCH}.
     */
    public static AuditReport verify(AuditRequest request, LongConsumer progress) {
        Optional<StateFile> file = request.state().map(StateFile::new);
        try {
            Optional<SavedState> saved = file.isPresent() ? file.get().read() : Optional.empty();
            AuditReport report = verify(request, progress, saved, saved.isPresent());
            // What does not continue the tree seen before is gone through as a whole: another tree, or damage?
            return saved.isPresent() && report.rootDiffers() ? verify(request, progress, saved, false) : report;
        } catch (IOException | UncheckedIOException unusable) {
            throw new LogException(Code.INTERNAL, unusable);
        }
    }

    private static AuditReport verify(
            AuditRequest request, LongConsumer progress, Optional<SavedState> saved, boolean resuming)
            throws IOException {
        if (request.state().isEmpty()) {
            return new AuditVerification(request, progress, saved, resuming, Optional.empty()).run();
        }
        try (StateFile.Writer writer = new StateFile(request.state().get()).writer()) {
            return new AuditVerification(request, progress, saved, resuming, Optional.of(writer)).run();
        }
    }

    private AuditReport run() throws IOException {
        Optional<ExportResult.Verified> newest = Optional.empty();
        var unused = new HashSet<>(request.keys());
        for (int log = 0; log < request.logs().size(); log++) {
            Path folder = request.logs().get(log);
            List<VerifierKey> keys = keys(folder);
            keys.forEach(unused::remove);
            var pass = new LogPass(log == request.logs().size() - 1);
            switch (LogExport.read(folder, keys, pass)) {
                case ExportResult.Broken(String where, ExportResult.Problem problem) -> {
                    return broken(name(folder) + where, problem);
                }
                case ExportResult.Verified verified -> {
                    pass.end(verified);
                    newest = Optional.of(verified);
                }
            }
        }
        if (!unused.isEmpty()) {
            return broken("checkpoint", ExportResult.Problem.CHECKPOINT_NOT_SIGNED);
        }
        return report(newest.orElseThrow());
    }

    /** Of several logs each is signed by the keys that bear its name; of one, by all. */
    private List<VerifierKey> keys(Path folder) {
        if (request.logs().size() == 1) {
            return request.keys();
        }
        Optional<String> origin = LogExport.claimedOrigin(folder);
        List<VerifierKey> own = request.keys().stream()
                .filter(key -> origin.filter(key.name().value()::equals).isPresent())
                .toList();
        return own.isEmpty() ? request.keys() : own;
    }

    private String name(Path folder) {
        return request.logs().size() == 1 ? "" : folder.getFileName() + " ";
    }

    private static AuditReport broken(String where, ExportResult.Problem problem) {
        return new AuditReport(
                AuditReport.Verdict.INVALID,
                List.of(),
                AuditReport.Counts.NONE,
                AuditReport.Evidence.NONE,
                List.of(new Finding(where, Finding.Kind.EXPORT_BROKEN, problem.name())));
    }

    private AuditReport report(ExportResult.Verified newest) throws IOException {
        long size = newest.checkpoint().head().size();
        if (size < request.atLeast()) {
            findings.wrong(
                    "checkpoint",
                    Finding.Kind.LOG_TOO_SHORT,
                    "is of %d entries, and %d were known".formatted(size, request.atLeast()));
        }
        int cosigned = cosigned(newest.note());
        chain.end(size);
        entries.end(order - 1);
        Erasures erasures = entries.erasures();
        Findings.Settled settled = findings.settled(
                erasures.recorded(),
                erasures.withheld(),
                gap ? Optional.of("it may be in the log before, which was not given") : Optional.empty());
        if (settled.verdict() != AuditReport.Verdict.INVALID && facts.isPresent()) {
            save(facts.get(), newest);
        }
        var evidence = new AuditReport.Evidence(
                from,
                request.keys().size(),
                cosigned,
                request.witnesses().quorum(),
                request.witnesses().keys().size(),
                new AuditReport.Chain(chain.told(), chain.newest(), chain.compared(), chain.agreed()));
        return new AuditReport(settled.verdict(), done, entries.counts(order, opaque), evidence, settled.list());
    }

    private int cosigned(SignedNote note) {
        Witnesses witnesses = request.witnesses();
        int cosigned = witnesses.of(note).size();
        if (witnesses.contradictedBy(note)) {
            findings.wrong(
                    "checkpoint",
                    Finding.Kind.WITNESS_WRONG,
                    "has a cosignature by a witness known to this auditor that is not of this checkpoint");
        } else if (cosigned < witnesses.quorum()) {
            findings.unchecked(
                    "checkpoint",
                    Finding.Kind.WITNESSES_MISSING,
                    "is cosigned by %d witnesses known to this auditor, and %d must have"
                            .formatted(cosigned, witnesses.quorum()));
        }
        return cosigned;
    }

    private void save(StateFile.Writer writer, ExportResult.Verified newest) throws IOException {
        writer.commit(new SavedState(
                newest.checkpoint().origin(),
                newest.edge(),
                newest.note().encoded(),
                order,
                opaque,
                // A chain that was not read takes nothing back.
                chain.agreed().or(() -> saved.flatMap(SavedState::anchored)),
                writer.facts()));
    }

    private void keep(Fact fact) {
        if (facts.isPresent()) {
            try {
                facts.get().add(fact);
            } catch (IOException full) {
                throw new UncheckedIOException(full);
            }
        }
    }

    /** One entry, of this run or of an earlier one. */
    private void take(Fact fact) {
        keep(fact);
        switch (fact) {
            case Fact.Said(Seen entry) -> entries.read(entry);
            case Fact.Erased(String where, var key) -> {
                entries.erasures().erased(key);
                findings.erased(where, key);
            }
        }
    }

    /** What the one pass over a log's entries tells. */
    private final class LogPass implements ExportVisitor {
        private final boolean newest;
        private Succession succession = new Succession(findings, Optional.empty());
        private Optional<TreeHead> seenBefore = Optional.empty();
        private String name = "";
        private long base = order;
        private boolean fromTheFirst = true;

        LogPass(boolean newest) {
            this.newest = newest;
        }

        @Override
        public Start opened(Checkpoint checkpoint, SignedNote note, Map<Hash, Map<String, byte[]>> bundles) {
            name = request.logs().size() == 1 ? "" : checkpoint.origin() + " ";
            entries.bundles(name, bundles);
            Start start = Start.BEGINNING;
            if (!done.isEmpty()) {
                succession = new Succession(findings, Optional.of(done.getLast()));
            } else if (saved.isPresent()) {
                start = resume(saved.get(), checkpoint);
            }
            var roots = new HashSet<>(start.rootsAt());
            if (newest) {
                roots.addAll(chain.ask(checkpoint, saved.flatMap(SavedState::anchored), signedAt(note)));
            }
            return new Start(start.from(), roots);
        }

        private Start resume(SavedState state, Checkpoint checkpoint) {
            TreeHead known = state.edge().head();
            if (!state.origin().equals(checkpoint.origin())) {
                // The year after: what the state has seen must be what this log says it continues.
                succession = new Succession(findings, Optional.of(state.checkpoint()));
                replay(state);
                base = order;
                return Start.BEGINNING;
            }
            if (checkpoint.head().size() < known.size()) {
                findings.wrong(
                        name + "checkpoint",
                        Finding.Kind.LOG_ROLLED_BACK,
                        "is of %d entries, and %d were verified before; or this is an older export: export again"
                                .formatted(checkpoint.head().size(), known.size()));
                return Start.BEGINNING;
            }
            seenBefore = Optional.of(known);
            if (!resuming) {
                return new Start(Start.BEGINNING.from(), Set.of(known.size()));
            }
            replay(state);
            base = order - known.size();
            from = known.size();
            fromTheFirst = false;
            return new Start(state.edge(), Set.of());
        }

        private void replay(SavedState state) {
            try {
                new StateFile(request.state().orElseThrow()).facts(state, AuditVerification.this::take);
            } catch (IOException unreadable) {
                throw new UncheckedIOException(unreadable);
            }
            order = state.order();
            opaque = state.opaque();
        }

        private Optional<Instant> signedAt(SignedNote note) {
            return request.keys().stream()
                    .map(note::signedAt)
                    .flatMap(Optional::stream)
                    .max(Comparator.naturalOrder());
        }

        @Override
        public Set<EventType> wanted() {
            var wanted = new HashSet<>(EntryAudit.TYPES);
            wanted.add(EventType.LOG_OPENED);
            return wanted;
        }

        @Override
        public void entry(ExportEntry entry) {
            String where = name + "entry " + entry.index();
            switch (entry) {
                case ExportEntry.Erased erased -> take(new Fact.Erased(where, erased.keyId()));
                case ExportEntry.Present present -> {
                    var seen = new Seen(base + present.index(), where, present.event());
                    if (present.event().type().equals(Optional.of(EventType.LOG_OPENED))) {
                        succession.opened(seen, present.index());
                    } else {
                        take(new Fact.Said(seen));
                    }
                }
            }
        }

        @Override
        public void root(TreeHead head) {
            chain.root(head);
            seenBefore
                    .filter(known -> known.size() == head.size() && !known.equals(head))
                    .ifPresent(known -> findings.wrong(
                            name + "checkpoint",
                            Finding.Kind.LOG_FORKED,
                            "is signed, and its first %d entries are not those that were verified before"
                                    .formatted(known.size())));
        }

        @Override
        public void passed(long size, long unknown) {
            opaque += unknown;
            progress.accept(base + size);
        }

        void end(ExportResult.Verified verified) {
            if (fromTheFirst) {
                succession.end(name);
                gap |= succession.gap();
            }
            order = base + verified.checkpoint().head().size();
            done.add(verified.checkpoint());
        }
    }
}
