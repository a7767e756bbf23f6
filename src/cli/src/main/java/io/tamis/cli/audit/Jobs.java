package io.tamis.cli.audit;

import io.tamis.data.Hash;
import io.tamis.data.JobId;
import io.tamis.data.MicroRho;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;

/** What the decisions said about each job; budgets and releases are held against it. */
final class Jobs {
    /** One job's decisions. */
    static final class Job {
        private final Set<Hash> bundles = new HashSet<>();
        private boolean permitted;
        private boolean refused;
        private MicroRho asked = MicroRho.ZERO;

        void decided(Hash bundle, boolean permit) {
            if (permit) {
                permitted = true;
                bundles.add(bundle);
            } else {
                refused = true;
            }
        }

        void asked(MicroRho cost) {
            asked = asked.compareTo(cost) >= 0 ? asked : cost;
        }

        /** True when something permitted it. */
        boolean permitted() {
            return permitted;
        }

        /** True when nothing refused it, before or at release. */
        boolean neverRefused() {
            return !refused;
        }

        /** The bundles that permitted it. */
        Set<Hash> bundles() {
            return Set.copyOf(bundles);
        }

        /** The greatest cost it was asked with. */
        MicroRho asked() {
            return asked;
        }
    }

    private final Map<JobId, Job> jobs = new HashMap<>();

    Job job(JobId id) {
        return jobs.computeIfAbsent(id, _ -> new Job());
    }
}
