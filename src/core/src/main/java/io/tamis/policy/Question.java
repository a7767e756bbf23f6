package io.tamis.policy;

import io.tamis.data.Code;
import io.tamis.data.Column;
import io.tamis.data.ConsentClass;
import io.tamis.data.DataException;
import io.tamis.data.Dataset;
import io.tamis.data.Flag;
import io.tamis.data.Json;
import io.tamis.data.JsonFields;
import io.tamis.data.Level;
import io.tamis.data.MicroEpsilon;
import io.tamis.data.MicroRho;
import io.tamis.data.PolicyRole;
import io.tamis.data.Purpose;
import io.tamis.data.Semantic;
import java.time.LocalDate;
import java.util.EnumSet;
import java.util.Objects;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.OptionalLong;
import java.util.Set;

/**
 * May this role do this, for this purpose, with a value of this level? Every attribute is a fact of the catalogue or of
 * the request, never computed from rows, so that a decision tells nothing about the data. An attribute that is missing is
 * asked as missing, and denied.
 *
 * @param semantic what the value means; picks the transform, has no part in the decision
 * @param cohort the threshold that will be enforced on noisy counts, not a count
 * @param rho zCDP cost of the job
 * @param epsilon pure cost of a one-shot job
 */
public record Question(
        Optional<PolicyRole> role,
        Optional<Level> level,
        Optional<Purpose> purpose,
        Optional<Context> context,
        Optional<Action> action,
        Optional<ConsentClass> consent,
        Optional<PiaState> pia,
        Optional<Region> region,
        Optional<Semantic> semantic,
        Set<Flag> flags,
        OptionalInt cohort,
        Optional<MicroRho> rho,
        Optional<MicroEpsilon> epsilon,
        int approvals,
        boolean strongAuth,
        boolean dpoApproval) {
    /** More approvals than any rule asks for. */
    public static final int APPROVALS_MAX = 100;

    private static final int NAME_LENGTH_MAX = 64;

    public Question {
        Objects.requireNonNull(role);
        Objects.requireNonNull(level);
        Objects.requireNonNull(purpose);
        Objects.requireNonNull(context);
        Objects.requireNonNull(action);
        Objects.requireNonNull(consent);
        Objects.requireNonNull(pia);
        Objects.requireNonNull(region);
        Objects.requireNonNull(semantic);
        Objects.requireNonNull(cohort);
        Objects.requireNonNull(rho);
        Objects.requireNonNull(epsilon);
        flags = Set.copyOf(flags);
        if (approvals < 0 || approvals > APPROVALS_MAX || cohort.orElse(0) < 0) {
            throw new DataException(Code.INVALID_REQUEST);
        }
    }

    /** A question with every attribute missing, to be filled. */
    public static Builder asking() {
        return new Builder();
    }

    /**
     * A question about a column: level, flags, semantic and consent as declared, impact assessment as it stands on the
     * day (UTC) for the purpose. Role, context, action and region remain to be given.
     */
    public static Builder about(Dataset dataset, Column column, Purpose purpose, LocalDate asOf) {
        boolean covered = dataset.pia()
                .map(assessment -> assessment.covers(purpose, asOf))
                .orElse(false);
        return new Builder()
                .level(column.level())
                .flags(column.flags())
                .semantic(column.semantic())
                .consent(dataset.consent())
                .purpose(purpose)
                .pia(covered ? PiaState.APPROVED : PiaState.NONE);
    }

    /** True when an attribute that every rule looks at is missing. */
    public boolean incomplete() {
        return role.isEmpty()
                || level.isEmpty()
                || purpose.isEmpty()
                || context.isEmpty()
                || action.isEmpty()
                || consent.isEmpty()
                || pia.isEmpty()
                || region.isEmpty();
    }

    /** The form in an {@code access.decided} entry; numbers stand under {@code actual}. */
    public Json.Obj toJson() {
        var json = Json.object()
                .putIfPresent("role", role.map(Enum::name))
                .putIfPresent("level", level.map(Enum::name))
                .putIfPresent("purpose", purpose.map(Enum::name))
                .putIfPresent("context", context.map(Enum::name))
                .putIfPresent("action", action.map(Enum::name))
                .putIfPresent("consent", consent.map(Enum::name))
                .putIfPresent("pia", pia.map(Enum::name))
                .putIfPresent("region", region.map(Enum::name))
                .putIfPresent("semantic", semantic.map(Semantic::value));
        if (!flags.isEmpty()) {
            json.put(
                    "flags",
                    Json.strings(flags.stream().map(Enum::name).sorted().toList()));
        }
        return json.put("actual", actual()).build();
    }

    /** Reads {@link #toJson()}. */
    public static Question fromJson(Json json) {
        var fields = new JsonFields(json);
        var question = read(fields);
        fields.end();
        return question;
    }

    /** The numbers and proofs that requirements are held against. */
    public Json.Obj actual() {
        var json = Json.object();
        cohort.ifPresent(size -> json.put("cohort", size));
        rho.ifPresent(cost -> json.put("rhoMicro", cost.value()));
        epsilon.ifPresent(cost -> json.put("epsilonMicro", cost.value()));
        if (approvals > 0) {
            json.put("approvals", approvals);
        }
        if (strongAuth) {
            json.put("strongAuth", true);
        }
        if (dpoApproval) {
            json.put("dpoApproval", true);
        }
        return json.build();
    }

    static Question read(JsonFields fields) {
        var builder = new Builder();
        fields.optionalConstant("role", PolicyRole.class).ifPresent(builder::role);
        fields.optionalConstant("level", Level.class).ifPresent(builder::level);
        fields.optionalConstant("purpose", Purpose.class).ifPresent(builder::purpose);
        fields.optionalConstant("context", Context.class).ifPresent(builder::context);
        fields.optionalConstant("action", Action.class).ifPresent(builder::action);
        fields.optionalConstant("consent", ConsentClass.class).ifPresent(builder::consent);
        fields.optionalConstant("pia", PiaState.class).ifPresent(builder::pia);
        fields.optionalConstant("region", Region.class).ifPresent(builder::region);
        fields.optionalString("semantic", NAME_LENGTH_MAX).map(Semantic::new).ifPresent(builder::semantic);
        var flags = EnumSet.noneOf(Flag.class);
        flags.addAll(fields.optionalList(
                "flags",
                Flag.values().length,
                item -> Names.constant(JsonFields.text(item, NAME_LENGTH_MAX), Flag.class)));
        builder.flags(flags);
        fields.optionalObject("actual").ifPresent(actual -> readActual(actual, builder));
        return builder.build();
    }

    private static void readActual(JsonFields actual, Builder builder) {
        toInt(actual.optionalInteger("cohort", 0, Integer.MAX_VALUE)).ifPresent(builder::cohort);
        toRho(actual.optionalInteger("rhoMicro", 0, MicroRho.VALUE_MAX)).ifPresent(builder::rho);
        toEpsilon(actual.optionalInteger("epsilonMicro", 0, MicroEpsilon.VALUE_MAX))
                .ifPresent(builder::epsilon);
        builder.approvals(
                (int) actual.optionalInteger("approvals", 0, APPROVALS_MAX).orElse(0));
        builder.strongAuth(actual.flag("strongAuth"));
        builder.dpoApproval(actual.flag("dpoApproval"));
        actual.end();
    }

    static OptionalInt toInt(OptionalLong value) {
        return value.isPresent() ? OptionalInt.of(Math.toIntExact(value.getAsLong())) : OptionalInt.empty();
    }

    static Optional<MicroRho> toRho(OptionalLong value) {
        return value.isPresent() ? Optional.of(new MicroRho(value.getAsLong())) : Optional.empty();
    }

    static Optional<MicroEpsilon> toEpsilon(OptionalLong value) {
        return value.isPresent() ? Optional.of(new MicroEpsilon(value.getAsLong())) : Optional.empty();
    }

    /** Collects attributes; what is not set is missing. */
    public static final class Builder {
        private Optional<PolicyRole> role = Optional.empty();
        private Optional<Level> level = Optional.empty();
        private Optional<Purpose> purpose = Optional.empty();
        private Optional<Context> context = Optional.empty();
        private Optional<Action> action = Optional.empty();
        private Optional<ConsentClass> consent = Optional.empty();
        private Optional<PiaState> pia = Optional.empty();
        private Optional<Region> region = Optional.empty();
        private Optional<Semantic> semantic = Optional.empty();
        private Set<Flag> flags = Set.of();
        private OptionalInt cohort = OptionalInt.empty();
        private Optional<MicroRho> rho = Optional.empty();
        private Optional<MicroEpsilon> epsilon = Optional.empty();
        private int approvals;
        private boolean strongAuth;
        private boolean dpoApproval;

        private Builder() {}

        /** Who asks. */
        public Builder role(PolicyRole value) {
            role = Optional.of(value);
            return this;
        }

        /** The value's level, after treatment when it has been treated. */
        public Builder level(Level value) {
            level = Optional.of(value);
            return this;
        }

        /** What for. */
        public Builder purpose(Purpose value) {
            purpose = Optional.of(value);
            return this;
        }

        /** Where the value would appear. */
        public Builder context(Context value) {
            context = Optional.of(value);
            return this;
        }

        /** What is done with it. */
        public Builder action(Action value) {
            action = Optional.of(value);
            return this;
        }

        /** The consent class of the subjects. */
        public Builder consent(ConsentClass value) {
            consent = Optional.of(value);
            return this;
        }

        /** Whether an impact assessment covers the purpose. */
        public Builder pia(PiaState value) {
            pia = Optional.of(value);
            return this;
        }

        /** Where the receiver is. */
        public Builder region(Region value) {
            region = Optional.of(value);
            return this;
        }

        /** What the value means. */
        public Builder semantic(Semantic value) {
            semantic = Optional.of(value);
            return this;
        }

        /** Legal facts about the column. */
        public Builder flags(Set<Flag> value) {
            flags = Set.copyOf(value);
            return this;
        }

        /** The threshold that will be enforced. */
        public Builder cohort(int value) {
            cohort = OptionalInt.of(value);
            return this;
        }

        /** The zCDP cost. */
        public Builder rho(MicroRho value) {
            rho = Optional.of(value);
            return this;
        }

        /** The pure cost of a one-shot. */
        public Builder epsilon(MicroEpsilon value) {
            epsilon = Optional.of(value);
            return this;
        }

        /** Approvals at hand. */
        public Builder approvals(int value) {
            approvals = value;
            return this;
        }

        /** True after strong authentication. */
        public Builder strongAuth(boolean value) {
            strongAuth = value;
            return this;
        }

        /** True when the data protection officer has approved. */
        public Builder dpoApproval(boolean value) {
            dpoApproval = value;
            return this;
        }

        /** The question. */
        public Question build() {
            return new Question(
                    role,
                    level,
                    purpose,
                    context,
                    action,
                    consent,
                    pia,
                    region,
                    semantic,
                    flags,
                    cohort,
                    rho,
                    epsilon,
                    approvals,
                    strongAuth,
                    dpoApproval);
        }
    }
}
