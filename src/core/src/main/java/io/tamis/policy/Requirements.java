package io.tamis.policy;

import io.tamis.data.ConsentClass;
import io.tamis.data.Flag;
import io.tamis.data.Json;
import io.tamis.data.JsonFields;
import io.tamis.data.MicroEpsilon;
import io.tamis.data.MicroRho;
import java.util.EnumSet;
import java.util.Objects;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.Set;

/**
 * What a permit asks of a question beside its attributes.
 *
 * @param consent least consent class
 * @param pia true when an approved impact assessment is needed
 * @param cohortMin least cohort; empty for none
 * @param rhoMax greatest zCDP cost; a one-shot question is judged by {@code epsilonMax} instead
 * @param epsilonMax greatest pure epsilon of a one-shot question
 */
public record Requirements(
        ConsentClass consent,
        boolean pia,
        OptionalInt cohortMin,
        Optional<MicroRho> rhoMax,
        Optional<MicroEpsilon> epsilonMax,
        int approvals,
        boolean strongAuth,
        boolean dpoApproval) {
    /** Nothing. */
    public static final Requirements NONE = new Requirements(
            ConsentClass.NONE, false, OptionalInt.empty(), Optional.empty(), Optional.empty(), 0, false, false);

    public Requirements {
        Objects.requireNonNull(consent);
        Objects.requireNonNull(cohortMin);
        Objects.requireNonNull(rhoMax);
        Objects.requireNonNull(epsilonMax);
    }

    /** What is unmet. A number the question does not state is never met. */
    Set<Requirement> unmet(Question question) {
        var unmet = EnumSet.noneOf(Requirement.class);
        addIf(unmet, !consentMet(question), Requirement.CONSENT);
        addIf(unmet, pia && question.pia().orElse(PiaState.NONE) != PiaState.APPROVED, Requirement.PIA);
        addIf(
                unmet,
                cohortMin.isPresent() && question.cohort().orElse(-1) < cohortMin.getAsInt(),
                Requirement.MIN_COHORT);
        addIf(unmet, question.approvals() < approvals, Requirement.APPROVALS);
        addIf(unmet, strongAuth && !question.strongAuth(), Requirement.STRONG_AUTH);
        addIf(unmet, dpoApproval && !question.dpoApproval(), Requirement.DPO_APPROVAL);
        addIf(unmet, !rhoMet(question), Requirement.MAX_RHO_MICRO);
        addIf(unmet, !epsilonMet(question), Requirement.MAX_EPSILON_MICRO);
        return unmet;
    }

    /** Both together: the stricter of each. */
    Requirements and(Requirements other) {
        return new Requirements(
                consent.compareTo(other.consent) >= 0 ? consent : other.consent,
                pia || other.pia,
                cohortMin.isEmpty()
                        ? other.cohortMin
                        : OptionalInt.of(Math.max(cohortMin.getAsInt(), other.cohortMin.orElse(0))),
                smaller(rhoMax, other.rhoMax),
                smaller(epsilonMax, other.epsilonMax),
                Math.max(approvals, other.approvals),
                strongAuth || other.strongAuth,
                dpoApproval || other.dpoApproval);
    }

    /** The form in policy files and ledger entries; what is not required is left out, but for consent. */
    public Json.Obj toJson() {
        var json = Json.object().put(Requirement.CONSENT.wire(), consent.name());
        if (pia) {
            json.put(Requirement.PIA.wire(), PiaState.APPROVED.name());
        }
        cohortMin.ifPresent(least -> json.put(Requirement.MIN_COHORT.wire(), least));
        rhoMax.ifPresent(most -> json.put(Requirement.MAX_RHO_MICRO.wire(), most.value()));
        epsilonMax.ifPresent(most -> json.put(Requirement.MAX_EPSILON_MICRO.wire(), most.value()));
        if (approvals > 0) {
            json.put(Requirement.APPROVALS.wire(), approvals);
        }
        if (strongAuth) {
            json.put(Requirement.STRONG_AUTH.wire(), true);
        }
        if (dpoApproval) {
            json.put(Requirement.DPO_APPROVAL.wire(), true);
        }
        return json.build();
    }

    /** Reads {@link #toJson()}. */
    public static Requirements fromJson(Json json) {
        var fields = new JsonFields(json);
        var requirements = new Requirements(
                fields.constant(Requirement.CONSENT.wire(), ConsentClass.class),
                fields.optionalConstant(Requirement.PIA.wire(), PiaState.class).equals(Optional.of(PiaState.APPROVED)),
                Question.toInt(fields.optionalInteger(Requirement.MIN_COHORT.wire(), 0, Integer.MAX_VALUE)),
                Question.toRho(fields.optionalInteger(Requirement.MAX_RHO_MICRO.wire(), 0, MicroRho.VALUE_MAX)),
                Question.toEpsilon(
                        fields.optionalInteger(Requirement.MAX_EPSILON_MICRO.wire(), 0, MicroEpsilon.VALUE_MAX)),
                (int) fields.optionalInteger(Requirement.APPROVALS.wire(), 0, Question.APPROVALS_MAX)
                        .orElse(0),
                fields.flag(Requirement.STRONG_AUTH.wire()),
                fields.flag(Requirement.DPO_APPROVAL.wire()));
        fields.end();
        return requirements;
    }

    private boolean consentMet(Question question) {
        // A child's data asks for the guardian, whatever class the rule names (PIPL 31).
        ConsentClass least = question.flags().contains(Flag.MINOR_U14) ? ConsentClass.GUARDIAN : consent;
        return question.consent().orElse(ConsentClass.NONE).compareTo(least) >= 0;
    }

    private boolean rhoMet(Question question) {
        if (rhoMax.isEmpty()) {
            return true;
        }
        boolean judgedByEpsilon = epsilonMax.isPresent() && question.epsilon().isPresent();
        return question.rho().map(cost -> cost.compareTo(rhoMax.get()) <= 0).orElse(judgedByEpsilon);
    }

    private boolean epsilonMet(Question question) {
        if (epsilonMax.isEmpty()) {
            return true;
        }
        boolean judgedByRho = rhoMax.isPresent() && question.rho().isPresent();
        return question.epsilon()
                .map(cost -> cost.compareTo(epsilonMax.get()) <= 0)
                .orElse(judgedByRho);
    }

    private static void addIf(Set<Requirement> unmet, boolean condition, Requirement requirement) {
        if (condition) {
            unmet.add(requirement);
        }
    }

    private static <T extends Comparable<T>> Optional<T> smaller(Optional<T> one, Optional<T> other) {
        if (one.isEmpty() || other.isEmpty()) {
            return one.or(() -> other);
        }
        return one.get().compareTo(other.get()) <= 0 ? one : other;
    }
}
