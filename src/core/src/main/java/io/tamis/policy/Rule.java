package io.tamis.policy;

import io.tamis.data.Code;
import io.tamis.data.DataException;
import io.tamis.data.Level;
import io.tamis.data.PolicyRole;
import io.tamis.data.Purpose;
import java.util.List;
import java.util.Objects;
import java.util.Set;

/**
 * One access rule of {@code access.yaml}. Rules have no priorities and no order.
 *
 * @param legal the articles it rests on, for example PIPL-51
 */
public record Rule(RuleId id, Scope scope, Effect effect, List<String> legal) {
    public Rule {
        Objects.requireNonNull(id);
        Objects.requireNonNull(scope);
        Objects.requireNonNull(effect);
        legal = List.copyOf(legal);
    }

    /** Which questions a rule speaks about: those whose every attribute is in its set. */
    public record Scope(
            Set<PolicyRole> roles,
            Set<Level> levels,
            Set<Purpose> purposes,
            Set<Context> contexts,
            Set<Action> actions,
            Set<Region> regions) {
        public Scope {
            roles = nonEmpty(roles);
            levels = nonEmpty(levels);
            purposes = nonEmpty(purposes);
            contexts = nonEmpty(contexts);
            actions = nonEmpty(actions);
            regions = nonEmpty(regions);
        }

        private static <T> Set<T> nonEmpty(Set<T> values) {
            if (values.isEmpty()) {
                throw new DataException(Code.INVALID_REQUEST);
            }
            return Set.copyOf(values);
        }
    }

    /** What a matching rule does. */
    public sealed interface Effect {}

    /** Permits in this form if the requirements are met. */
    public record Permits(Treatment treatment, Requirements requires) implements Effect {
        public Permits {
            Objects.requireNonNull(treatment);
            Objects.requireNonNull(requires);
        }
    }

    /** Refuses, whatever other rules say. */
    public record Denies(String reason) implements Effect {
        public Denies {
            Objects.requireNonNull(reason);
        }
    }
}
