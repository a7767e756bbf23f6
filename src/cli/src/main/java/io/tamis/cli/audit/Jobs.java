package io.tamis.cli.audit;

import io.tamis.data.Charge;
import io.tamis.data.DeltaE18;
import io.tamis.data.Hash;
import io.tamis.data.JobId;
import io.tamis.data.MicroEpsilon;
import io.tamis.data.MicroRho;
import io.tamis.policy.Question;
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
        private MicroRho rho = MicroRho.ZERO;
        private MicroEpsilon epsilon = MicroEpsilon.ZERO;

        void decided(Hash bundle, boolean permit) {
            if (permit) {
                permitted = true;
                bundles.add(bundle);
            } else {
                refused = true;
            }
        }

        void asked(Question question) {
            question.rho().filter(cost -> cost.compareTo(rho) > 0).ifPresent(cost -> rho = cost);
            question.epsilon().filter(cost -> cost.compareTo(epsilon) > 0).ifPresent(cost -> epsilon = cost);
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
        Charge asked() {
            return new Charge(rho, DeltaE18.ZERO, epsilon);
        }
    }

    private final Map<JobId, Job> jobs = new HashMap<>();

    Job job(JobId id) {
        return jobs.computeIfAbsent(id, _ -> new Job());
    }
}
