package io.tamis.policy.load;

import io.tamis.data.Column;
import io.tamis.data.Dataset;
import io.tamis.data.Level;
import io.tamis.data.Semantic;
import io.tamis.policy.Context;
import io.tamis.policy.Rule;
import io.tamis.policy.RuleId;
import io.tamis.policy.Transform;
import io.tamis.policy.Treatment;
import java.util.Collection;
import java.util.EnumSet;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;

/** Checks between rules, transforms and datasets. */
final class CrossFileCheck {
    static final String ACCESS = "access.yaml";

    private final Problems problems;

    CrossFileCheck(Problems problems) {
        this.problems = problems;
    }

    /** Rule ids are unique, and no aggregate is let out on laxer terms than the taxonomy's. */
    void rules(List<Rule> rules, Taxonomy.Aggregate least) {
        var ids = new HashSet<RuleId>();
        for (int i = 0; i < rules.size(); i++) {
            Rule rule = rules.get(i);
            if (!ids.add(rule.id())) {
                problems.add(ACCESS, "/rules/" + i + "/id", rule.id() + " names two rules");
            }
            if (rule.effect() instanceof Rule.Permits permits
                    && permits.treatment() == Treatment.DP_AGGREGATE
                    && !asStrict(permits, least)) {
                problems.add(
                        ACCESS, "/rules/" + i + "/requires", rule.id() + " is laxer than the taxonomy's aggregate");
            }
        }
    }

    private static boolean asStrict(Rule.Permits permits, Taxonomy.Aggregate least) {
        return permits.requires().cohortMin().orElse(0) >= least.cohortMin()
                && permits.requires()
                        .rhoMax()
                        .map(max -> max.compareTo(least.rhoMax()) <= 0)
                        .orElse(false)
                && permits.requires()
                        .epsilonMax()
                        .map(max -> max.compareTo(least.epsilonMax()) <= 0)
                        .orElse(false);
    }

    /**
     * Every treatment that a permit could ask for a declared column has exactly one transform wherever the permit holds.
     * Denials are not subtracted, so that adding or removing one never makes a bundle invalid. SUPPRESS is always
     * reachable: it is what incomparable treatments come to.
     */
    void transforms(Collection<Dataset> datasets, List<Rule> rules, List<Transform> transforms) {
        Map<Semantic, Set<Level>> declared = new TreeMap<>();
        for (Dataset dataset : datasets) {
            for (Column column : dataset.columns()) {
                declared.computeIfAbsent(column.semantic(), _ -> EnumSet.noneOf(Level.class))
                        .add(column.level());
            }
        }
        declared.forEach((semantic, levels) -> {
            for (Level level : levels) {
                reachable(rules, level)
                        .forEach((treatment, contexts) -> one(transforms, treatment, semantic, contexts));
            }
        });
    }

    private static Map<Treatment, Set<Context>> reachable(List<Rule> rules, Level level) {
        Map<Treatment, Set<Context>> reachable = new TreeMap<>();
        for (Rule rule : rules) {
            if (rule.effect() instanceof Rule.Permits(Treatment treatment, var _)
                    && rule.scope().levels().contains(level)) {
                for (Treatment each : List.of(treatment, Treatment.SUPPRESS)) {
                    reachable
                            .computeIfAbsent(each, _ -> EnumSet.noneOf(Context.class))
                            .addAll(rule.scope().contexts());
                }
            }
        }
        reachable.remove(Treatment.RAW);
        return reachable;
    }

    private void one(List<Transform> transforms, Treatment treatment, Semantic semantic, Set<Context> contexts) {
        for (Context context : contexts) {
            long serving = transforms.stream()
                    .filter(transform -> transform.treatment() == treatment)
                    .filter(transform -> transform.serves(semantic) && transform.servesIn(context))
                    .count();
            if (serving != 1) {
                problems.add(
                        TransformReader.FILE,
                        "/transforms",
                        (serving == 0 ? "no transform makes " : "more than one transform makes ") + treatment + " of "
                                + semantic + " in " + context);
                return;
            }
        }
    }
}
