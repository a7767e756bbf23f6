package io.tamis.cli.audit;

import io.tamis.data.DatasetId;
import io.tamis.data.Hash;
import io.tamis.data.JobId;
import io.tamis.data.MicroEpsilon;
import io.tamis.data.MicroRho;
import io.tamis.policy.Question;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;

/** What the decisions said about each job; budgets and releases are held against it. */
final class Jobs {
    /** One job's decisions. */
    static final class Job {
        private final Set<Hash> bundles = new HashSet<>();
        private boolean permitted;
        private boolean refused;
        private final Set<Subject> subjects = new HashSet<>();
        private final Set<Optional<String>> collaborations = new HashSet<>();
        private MicroRho askedRho = MicroRho.ZERO;
        private MicroEpsilon askedEpsilon = MicroEpsilon.ZERO;

        void decided(Seen entry, boolean permit) {
            subjects.add(Subject.of(entry));
            collaborations.add(entry.collaboration());
            if (permit) {
                permitted = true;
                bundles.add(entry.hash("bundleHash"));
            } else {
                refused = true;
            }
        }

        void asked(Question question) {
            question.rho().filter(cost -> cost.compareTo(askedRho) > 0).ifPresent(cost -> askedRho = cost);
            question.epsilon().filter(cost -> cost.compareTo(askedEpsilon) > 0).ifPresent(cost -> askedEpsilon = cost);
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

        /** The dataset versions it was decided on, each with its purpose; a job of several has a decision on each. */
        Set<Subject> subjects() {
            return Set.copyOf(subjects);
        }

        /** The families of these. */
        Set<DatasetId> families() {
            return subjects.stream().map(Subject::dataset).collect(Collectors.toSet());
        }

        /** True when it was decided inside this agreement, or outside of any, and nowhere else. */
        boolean decidedIn(Optional<String> collaboration) {
            return collaborations.equals(Set.of(collaboration));
        }

        /** The greatest costs it was asked with. */
        MicroRho askedRho() {
            return askedRho;
        }

        MicroEpsilon askedEpsilon() {
            return askedEpsilon;
        }
    }

    private final Map<JobId, Job> jobs = new HashMap<>();

    Job job(JobId id) {
        return jobs.computeIfAbsent(id, _ -> new Job());
    }
}
