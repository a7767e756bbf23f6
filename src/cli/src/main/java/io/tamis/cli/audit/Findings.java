package io.tamis.cli.audit;

import java.util.ArrayList;
import java.util.EnumMap;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;

/**
 * Collects findings. What contradicts the log makes it invalid. What is merely not there makes it invalid too, unless
 * entries were erased and the log says so, or the log before was not given: then it may have been among those, and the audit
 * is incomplete. Which of the two it is shows at the end only, as a key's destruction is recorded after the entries it was
 * the key of.
 */
final class Findings {
    /** Most findings kept of each kind, so that many of one do not crowd out another; the verdict counts on all. */
    static final int LIMIT = 20;

    /** Most keys whose erased entries are listed. */
    private static final int KEYS_MAX = 1000;

    /** A finding, or what becomes one. */
    private sealed interface Noted {
        /** Certain. */
        record Wrong(Finding finding) implements Noted {}

        /** Something that is not there. */
        record Missing(Finding finding) implements Noted {}

        /** Something that was not looked at. */
        record Unchecked(Finding finding) implements Noted {}

        /** An entry without content. */
        record Erased(String where, UUID key) implements Noted {}
    }

    private final List<Noted> noted = new ArrayList<>();
    private final Map<Finding.Kind, Integer> kept = new EnumMap<>(Finding.Kind.class);
    private final Map<UUID, Integer> keptOfKey = new HashMap<>();
    private boolean wrong;
    private boolean missing;
    private boolean unchecked;
    private boolean erased;

    void wrong(String where, Finding.Kind kind, String detail) {
        wrong = true;
        keep(kind, new Noted.Wrong(new Finding(where, kind, detail)));
    }

    void missing(String where, Finding.Kind kind, String detail) {
        missing = true;
        keep(kind, new Noted.Missing(new Finding(where, kind, detail)));
    }

    /** Not a fault: something that this run could not look at. */
    void unchecked(String where, Finding.Kind kind, String detail) {
        unchecked = true;
        keep(kind, new Noted.Unchecked(new Finding(where, kind, detail)));
    }

    /** An entry that nobody can check any more. */
    void erased(String where, UUID key) {
        erased = true;
        boolean listed = keptOfKey.size() < KEYS_MAX || keptOfKey.containsKey(key);
        if (listed && keptOfKey.merge(key, 1, Integer::sum) <= LIMIT) {
            noted.add(new Noted.Erased(where, key));
        }
    }

    /**
     * What it all came to.
     *
     * @param recorded the keys of erased entries that the log says were destroyed
     * @param withheld true when there are erased entries of other keys too
     * @param gap why something may rightly be missing, beside erasure; empty when nothing may
     */
    Settled settled(Set<UUID> recorded, boolean withheld, Optional<String> gap) {
        Optional<String> excuse = recorded.isEmpty() ? gap : Optional.of("it may have been erased");
        var list = new ArrayList<Finding>();
        var listed = new EnumMap<Finding.Kind, Integer>(Finding.Kind.class);
        for (Noted each : noted) {
            Finding finding = switch (each) {
                case Noted.Wrong(Finding certain) -> certain;
                case Noted.Unchecked(Finding open) -> open;
                case Noted.Missing(Finding absent) ->
                    excuse.map(why -> new Finding(absent.where(), absent.kind(), absent.detail() + "; " + why))
                            .orElse(absent);
                case Noted.Erased(String where, UUID key) -> erased(where, key, recorded);
            };
            if (listed.merge(finding.kind(), 1, Integer::sum) <= LIMIT) {
                list.add(finding);
            }
        }
        boolean invalid = wrong || withheld || (missing && excuse.isEmpty());
        boolean incomplete = erased || missing || unchecked;
        AuditReport.Verdict whole = incomplete ? AuditReport.Verdict.INCOMPLETE : AuditReport.Verdict.VALID;
        return new Settled(invalid ? AuditReport.Verdict.INVALID : whole, list);
    }

    /** Verdict and what is listed of the findings. */
    record Settled(AuditReport.Verdict verdict, List<Finding> list) {
        Settled {
            list = List.copyOf(list);
        }
    }

    private static Finding erased(String where, UUID key, Set<UUID> recorded) {
        return recorded.contains(key)
                ? new Finding(where, Finding.Kind.ENTRY_ERASED, "its key was destroyed")
                : new Finding(
                        where, Finding.Kind.ERASED_WITHOUT_RECORD, "no entry says that key " + key + " was destroyed");
    }

    private void keep(Finding.Kind kind, Noted each) {
        if (kept.merge(kind, 1, Integer::sum) <= LIMIT) {
            noted.add(each);
        }
    }
}
