package io.tamis.jobs;

import io.tamis.data.Code;
import io.tamis.data.Column;
import io.tamis.data.ColumnName;
import io.tamis.data.Dataset;
import io.tamis.data.Level;
import io.tamis.data.PolicyRole;
import io.tamis.data.Purpose;
import io.tamis.policy.Context;
import io.tamis.policy.DecidedColumn;
import io.tamis.policy.Decision;
import io.tamis.policy.PolicyBundle;
import io.tamis.policy.Question;
import io.tamis.policy.Region;
import io.tamis.policy.Treatment;
import java.time.LocalDate;
import java.util.ArrayList;
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
 */
record Admission(PolicyBundle bundle, Dataset dataset, Purpose purpose, Optional<PolicyRole> role, LocalDate day) {
    /** The answer: what was decided on each use, and the code of the first refusal. */
    record Verdict(List<DecidedColumn> decided, Optional<Code> refused, Level levelIn) {
        Verdict {
            decided = List.copyOf(decided);
        }
    }

    Verdict decide(Plan plan) {
        var decided = new ArrayList<DecidedColumn>();
        Map<ColumnName, Level> treated = new HashMap<>();
        Optional<Code> refused = Optional.empty();
        Level levelIn = Level.L1;
        for (ColumnUse use : inputsFirst(plan.uses())) {
            Optional<Column> column = dataset.column(use.column());
            if (column.isEmpty()) {
                return new Verdict(decided, Optional.of(Code.POLICY_DENIED), levelIn);
            }
            Question question = question(plan, use, column.get(), treated);
            Decision decision = bundle.decide(question);
            decided.add(new DecidedColumn(use.column(), question, decision));
            Optional<Code> code = refusal(use, column.get(), decision);
            if (refused.isEmpty()) {
                refused = code;
            }
            if (use.context() == Context.SANDBOX_INPUT && code.isEmpty()) {
                Level level = levelAfter(column.get(), decision);
                treated.put(use.column(), level);
                levelIn = levelIn.max(level);
            }
        }
        return new Verdict(decided, refused, levelIn);
    }

    /** Outputs are asked at the level their input has after treatment, so inputs come first. */
    private static List<ColumnUse> inputsFirst(List<ColumnUse> uses) {
        var ordered = new ArrayList<ColumnUse>();
        uses.stream().filter(use -> use.context() == Context.SANDBOX_INPUT).forEach(ordered::add);
        uses.stream().filter(use -> use.context() != Context.SANDBOX_INPUT).forEach(ordered::add);
        return ordered;
    }

    private Question question(Plan plan, ColumnUse use, Column column, Map<ColumnName, Level> treated) {
        var question = Question.about(dataset, column, purpose, day)
                .context(use.context())
                .action(use.action())
                .region(Region.DOMESTIC);
        role.ifPresent(question::role);
        if (use.context() == Context.SANDBOX_OUTPUT) {
            // A column whose input was refused keeps its own level: asking lower would open what was closed.
            question.level(treated.getOrDefault(use.column(), column.level()))
                    .cohort(plan.release().minUsers())
                    .rho(plan.release().charge().rho());
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

    /** L1 to L3 are read as they are, an identifier only as pseudonym; out come key labels and noised numbers. */
    private static boolean given(ColumnUse use, Column column, Treatment treatment) {
        if (use.context() == Context.SANDBOX_INPUT) {
            return treatment == (column.level().atLeast(Level.L4) ? Treatment.PSEUDONYM : Treatment.RAW);
        }
        return treatment == Treatment.RAW || treatment == Treatment.DP_AGGREGATE;
    }

    private static Level levelAfter(Column column, Decision decision) {
        boolean pseudonym = decision instanceof Decision.Permit permit && permit.treatment() == Treatment.PSEUDONYM;
        return pseudonym ? Level.L3 : column.level();
    }
}
