package io.tamis.cli.audit;

import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;

/**
 * Collects findings. What contradicts the log makes it invalid. What is merely not there makes it invalid too, unless
 * entries were erased and the log says so: then it may have been among those, and the audit is incomplete.
 */
final class Findings {
    /** Most findings kept of each kind, so that many of one do not crowd out another; the verdict counts on all. */
    static final int LIMIT = 20;

    private final List<Finding> list = new ArrayList<>();
    private final Map<Finding.Kind, Integer> kept = new EnumMap<>(Finding.Kind.class);
    private final boolean erasures;
    private boolean invalid;
    private boolean incomplete;

    /** Of a log that says, or does not say, that keys of entries it can no longer show were destroyed. */
    Findings(boolean erasures) {
        this.erasures = erasures;
    }

    void wrong(String where, Finding.Kind kind, String detail) {
        invalid = true;
        keep(new Finding(where, kind, detail));
    }

    void missing(String where, Finding.Kind kind, String detail) {
        if (erasures) {
            incomplete = true;
            keep(new Finding(where, kind, detail + "; it may have been erased"));
        } else {
            wrong(where, kind, detail);
        }
    }

    /** Not a fault by itself: something that nobody can check any more. */
    void erased(String where) {
        incomplete = true;
        keep(new Finding(where, Finding.Kind.ENTRY_ERASED, "its key was destroyed"));
    }

    AuditReport.Verdict verdict() {
        if (invalid) {
            return AuditReport.Verdict.INVALID;
        }
        return incomplete ? AuditReport.Verdict.INCOMPLETE : AuditReport.Verdict.VALID;
    }

    List<Finding> list() {
        return List.copyOf(list);
    }

    private void keep(Finding finding) {
        if (kept.merge(finding.kind(), 1, Integer::sum) <= LIMIT) {
            list.add(finding);
        }
    }
}
