package io.tamis.jobs;

import io.tamis.data.Code;
import io.tamis.data.Column;
import io.tamis.data.ColumnName;
import io.tamis.data.Dataset;
import io.tamis.data.Level;
import io.tamis.data.PolicyRole;
import io.tamis.data.Purpose;
import io.tamis.policy.Action;
import io.tamis.policy.Context;
import io.tamis.policy.DecidedColumn;
import io.tamis.policy.Decision;
import io.tamis.policy.PolicyBundle;
import io.tamis.policy.Question;
import io.tamis.policy.Region;
import io.tamis.policy.Treatment;
import io.tamis.privacy.Loss;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * Asks the policy about everything a plan does. Asked twice: before anything is reserved, and again under the bundle then
 * in force before anything is released; either refusal stops the job.
 *
 * <p>Every attribute is a fact of the catalogue or the request. The {@code cohort} is the threshold that will be enforced,
 * not a count of anybody.
 *
 * @param approvals how many owners' approvals are at hand, or are assumed to be
 */
record Admission(
        PolicyBundle bundle,
        List<Asking> asked,
        Optional<PolicyRole> role,
        Region region,
        LocalDate day,
        int approvals) {
    Admission {
        asked = List.copyOf(asked);
    }

    /** A dataset as declared now, and what it is asked for. */
    record Asking(Dataset dataset, Purpose purpose) {}

    /** What was decided on one dataset. */
    record Decided(Asking asking, List<DecidedColumn> columns) {
        Decided {
            columns = List.copyOf(columns);
        }
    }

    /** The answer: what was decided on each use, by dataset, and the code of the first refusal. */
    record Verdict(List<Decided> decided, Optional<Code> refused, Level levelIn) {
        Verdict {
            decided = List.copyOf(decided);
        }
    }

    Verdict decide(Plan plan) {
        var decided = new ArrayList<Decided>();
        Optional<Code> refused = Optional.empty();
        Level levelIn = Level.L1;
        for (Asking asking : asked) {
            Verdict part = decide(plan, asking);
            decided.addAll(part.decided());
            refused = refused.or(part::refused);
            levelIn = levelIn.max(part.levelIn());
        }
        boolean foreign = plan.uses().stream()
                .anyMatch(use ->
                        asked.stream().noneMatch(asking -> asking.dataset().id().equals(use.dataset())));
        return new Verdict(decided, foreign ? Optional.of(Code.POLICY_DENIED) : refused, levelIn);
    }

    private Verdict decide(Plan plan, Asking asking) {
        var decided = new ArrayList<DecidedColumn>();
        Map<ColumnName, Level> treated = new HashMap<>();
        Optional<Code> refused = Optional.empty();
        Level levelIn = Level.L1;
        List<ColumnUse> uses = inputsFirst(plan.uses(), asking.dataset());
        if (uses.isEmpty()) {
            // Read without a column being asked about: nothing was decided, so nothing is permitted.
            refused = Optional.of(Code.POLICY_DENIED);
        }
        for (ColumnUse use : uses) {
            Optional<Column> column = asking.dataset().column(use.column());
            if (column.isEmpty()) {
                refused = refused.or(() -> Optional.of(Code.POLICY_DENIED));
                break;
            }
            Question question = question(plan, use, asking, column.get(), treated);
            Decision decision = bundle.decide(question);
            decided.add(new DecidedColumn(use.column(), question, decision));
            Optional<Code> code = refusal(use, column.get(), decision);
            refused = refused.or(() -> code);
            if (use.context() == Context.SANDBOX_INPUT && code.isEmpty()) {
                Level level = levelAfter(column.get(), decision);
                treated.put(use.column(), level);
                levelIn = levelIn.max(level);
            }
        }
        return new Verdict(List.of(new Decided(asking, decided)), refused, levelIn);
    }

    /** Outputs are asked at the level their input has after treatment, so inputs come first. */
    private static List<ColumnUse> inputsFirst(List<ColumnUse> uses, Dataset dataset) {
        return uses.stream()
                .filter(use -> use.dataset().equals(dataset.id()))
                .sorted(Comparator.comparing(use -> use.context() != Context.SANDBOX_INPUT))
                .toList();
    }

    private Question question(Plan plan, ColumnUse use, Asking asking, Column column, Map<ColumnName, Level> treated) {
        var question = Question.about(asking.dataset(), column, asking.purpose(), day)
                .context(use.context())
                .action(use.action())
                .region(region)
                .approvals(approvals);
        role.ifPresent(question::role);
        if (use.context() == Context.SANDBOX_OUTPUT) {
            // A column whose input was refused keeps its own level: asking lower would open what was closed.
            question.level(treated.getOrDefault(use.column(), column.level()))
                    .cohort(plan.release().minUsers());
            switch (plan.release().loss()) {
                case Loss.Zcdp(var rho) -> question.rho(rho);
                case Loss.Pure(var epsilon) -> question.epsilon(epsilon);
            }
        }
        return question.build();
    }

    /** Refused by the policy, or permitted in a form that this plan does not give the value. */
    private static Optional<Code> refusal(ColumnUse use, Column column, Decision decision) {
        return switch (decision) {
            case Decision.Deny deny -> Optional.of(deny.publicCode());
            case Decision.Permit permit ->
                given(use, column, permit.treatment()) ? Optional.empty() : Optional.of(Code.POLICY_DENIED);
        };
    }

    /**
     * L1 to L3 are read as they are, an identifier only as pseudonym, a tag of level 4 only encrypted, one of level 5 not at
     * all; out come key labels and noised numbers.
     */
    private static boolean given(ColumnUse use, Column column, Treatment treatment) {
        if (use.action() == Action.COMPUTE_ENCRYPTED) {
            return use.context() == Context.SANDBOX_INPUT
                    && column.level() == Level.L4
                    && treatment == Treatment.ENCRYPTED;
        }
        if (use.context() == Context.SANDBOX_INPUT) {
            return treatment == (column.level().atLeast(Level.L4) ? Treatment.PSEUDONYM : Treatment.RAW);
        }
        return treatment == Treatment.RAW || treatment == Treatment.DP_AGGREGATE;
    }

    private static Level levelAfter(Column column, Decision decision) {
        return decision instanceof Decision.Permit permit ? permit.treatment().levelOf(column.level()) : column.level();
    }
}
