package io.tamis.cli.audit;

import io.tamis.data.Code;
import io.tamis.data.Column;
import io.tamis.data.DataException;
import io.tamis.data.Dataset;
import io.tamis.data.Hash;
import io.tamis.data.JsonFields;
import io.tamis.data.Level;
import io.tamis.data.PolicyRole;
import io.tamis.data.Purpose;
import io.tamis.data.Role;
import io.tamis.policy.Context;
import io.tamis.policy.DecidedColumn;
import io.tamis.policy.Decision;
import io.tamis.policy.PiaState;
import io.tamis.policy.PolicyBundle;
import io.tamis.policy.Question;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;

/**
 * Decides every {@code access.decided} entry again, column by column, under the bundle it names; and holds what was asked
 * against what that bundle declares of the column, as a right answer to a false question proves nothing. A job over several
 * datasets has an entry for each.
 */
final class DecisionAudit {
    private static final int COLUMNS_MAX = 1000;
    private static final int PARTS_MAX = 64;

    /** The least threshold the service enforces, whatever a dataset declares. */
    private static final int COHORT_MIN = 50;

    /** The decision may have been taken a little before its entry was written, on the day before. */
    private static final Duration WRITING_MAX = Duration.ofHours(1);

    private final Map<Hash, PolicyBundle> bundles;
    private final Jobs jobs;
    private final ApprovalAudit approvals;
    private final Findings findings;
    private final Map<String, TreeMap<Integer, Integer>> parts = new HashMap<>();
    private final Map<String, Integer> partsOf = new HashMap<>();
    private final Set<Hash> activated = new HashSet<>();
    private long entries;
    private long columns;

    DecisionAudit(Map<Hash, PolicyBundle> bundles, Jobs jobs, ApprovalAudit approvals, Findings findings) {
        this.bundles = bundles;
        this.jobs = jobs;
        this.approvals = approvals;
        this.findings = findings;
    }

    long entries() {
        return entries;
    }

    long columns() {
        return columns;
    }

    /** A bundle came into force. */
    void activated(Seen entry) {
        activated.add(entry.hash("bundleHash"));
    }

    void decided(Seen entry) {
        entries++;
        JsonFields fields = entry.fields();
        Hash bundleHash = entry.hash("bundleHash");
        boolean permit = permit(fields.string("decision", 8));
        List<DecidedColumn> decided = fields.list("columns", COLUMNS_MAX, DecidedColumn::fromJson);
        part(entry, fields, bundleHash);
        PolicyBundle bundle = bundles.get(bundleHash);
        if (bundle == null) {
            findings.wrong(
                    entry.where(), Finding.Kind.BUNDLE_MISSING, "bundle " + bundleHash + " is not in the export");
            return;
        }
        // A log that begins with a new year says nothing of what came into force before it.
        if (!activated.isEmpty() && !activated.contains(bundleHash)) {
            findings.missing(
                    entry.where(), Finding.Kind.BUNDLE_NOT_IN_FORCE, "bundle " + bundleHash + " was never activated");
        }
        for (DecidedColumn column : decided) {
            columns++;
            again(entry, bundle, column);
            if (permit && column.decision() instanceof Decision.Deny) {
                findings.wrong(
                        entry.where(),
                        Finding.Kind.DECISION_DIFFERS,
                        "permits as a whole, but " + column.name() + " is refused");
            }
        }
        entry.jobIfAny().map(jobs::job).ifPresent(job -> {
            job.decided(entry, permit);
            decided.forEach(column -> job.asked(column.question()));
        });
        if (permit) {
            approvals.decided(entry, bundle, decided);
        }
    }

    /** After the last entry: every part of a split decision was there. */
    void end() {
        parts.forEach((decision, seen) -> {
            int whole = partsOf.get(decision);
            boolean complete = seen.size() == whole && Set.copyOf(seen.values()).size() == 1;
            if (!complete) {
                findings.missing(decision, Finding.Kind.DECISION_PART_MISSING, "a part of a split decision is missing");
            }
        });
    }

    private void part(Seen entry, JsonFields fields, Hash bundleHash) {
        long whole = fields.optionalInteger("parts", 2, PARTS_MAX).orElse(1);
        long number = fields.optionalInteger("part", 1, whole).orElse(1);
        if (whole > 1) {
            String decision = entry.jobIfAny().map(Object::toString).orElse("no job") + " on " + entry.dataset()
                    + " under " + bundleHash;
            partsOf.merge(decision, (int) whole, Math::max);
            parts.computeIfAbsent(decision, _ -> new TreeMap<>()).merge((int) number, 1, Integer::sum);
        }
    }

    private void again(Seen entry, PolicyBundle bundle, DecidedColumn column) {
        Decision again = bundle.decide(column.question());
        if (!again.equals(column.decision())) {
            findings.wrong(
                    entry.where(),
                    Finding.Kind.DECISION_DIFFERS,
                    column.name() + " was logged as "
                            + column.decision().toJson().canonical() + " and is "
                            + again.toJson().canonical());
        }
        difference(entry, bundle, column)
                .ifPresent(attribute -> findings.wrong(
                        entry.where(),
                        Finding.Kind.DECISION_FACT_DIFFERS,
                        "the " + attribute + " of " + column.name() + " is not the declared one"));
    }

    /** The first attribute of the question that is not what bundle and caller say it is. */
    private static Optional<String> difference(Seen entry, PolicyBundle bundle, DecidedColumn decided) {
        Dataset dataset = bundle.datasets().get(entry.dataset());
        if (dataset == null) {
            return Optional.of("dataset");
        }
        Optional<Column> column = dataset.column(decided.name());
        if (column.isEmpty()) {
            return Optional.of("name");
        }
        Question question = decided.question();
        if (!question.consent().equals(Optional.of(dataset.consent()))) {
            return Optional.of("consent");
        }
        if (!question.flags().equals(column.get().flags())) {
            return Optional.of("flags");
        }
        if (question.semantic().filter(column.get().semantic()::equals).isEmpty()) {
            return Optional.of("semantic");
        }
        if (!levelFits(question, column.get().level())) {
            return Optional.of("level");
        }
        if (question.cohort().isPresent() && question.cohort().getAsInt() < Math.max(COHORT_MIN, dataset.minUsers())) {
            return Optional.of("cohort");
        }
        if (!piaFits(question, dataset, entry.event().at())) {
            return Optional.of("pia");
        }
        Optional<Purpose> purpose = entry.fields().optionalConstant("purpose", Purpose.class);
        if (!question.purpose().equals(purpose)) {
            return Optional.of("purpose");
        }
        return question.role().equals(role(entry)) ? Optional.empty() : Optional.of("role");
    }

    /** Outputs are asked at the level after treatment: an identifier's pseudonym and encrypted tag count as L3. */
    private static boolean levelFits(Question question, Level declared) {
        boolean lowered = question.context().equals(Optional.of(Context.SANDBOX_OUTPUT)) && declared.atLeast(Level.L4);
        return question.level().equals(Optional.of(declared))
                || (lowered && question.level().equals(Optional.of(Level.L3)));
    }

    private static boolean piaFits(Question question, Dataset dataset, Instant at) {
        return question.pia().equals(Optional.of(state(dataset, question, day(at))))
                || question.pia().equals(Optional.of(state(dataset, question, day(at.minus(WRITING_MAX)))));
    }

    private static PiaState state(Dataset dataset, Question question, LocalDate day) {
        boolean covered = dataset.pia()
                .flatMap(pia -> question.purpose().map(purpose -> pia.covers(purpose, day)))
                .orElse(false);
        return covered ? PiaState.APPROVED : PiaState.NONE;
    }

    private static LocalDate day(Instant at) {
        return LocalDate.ofInstant(at, ZoneOffset.UTC);
    }

    /** The policy role of the caller; the service's own work is SYSTEM_JOB. */
    private static Optional<PolicyRole> role(Seen entry) {
        String token = entry.fields().object("actor").string("role", 64);
        return token.equals("system")
                ? Optional.of(PolicyRole.SYSTEM_JOB)
                : Role.fromToken(token).flatMap(Role::policyRole);
    }

    private static boolean permit(String decision) {
        return switch (decision) {
            case "PERMIT" -> true;
            case "DENY" -> false;
            default -> throw new DataException(Code.INVALID_REQUEST);
        };
    }
}
