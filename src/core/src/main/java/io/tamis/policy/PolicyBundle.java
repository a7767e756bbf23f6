package io.tamis.policy;

import io.tamis.data.Dataset;
import io.tamis.data.DatasetId;
import io.tamis.data.Hash;
import io.tamis.data.Semantic;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;

/**
 * A checked set of policy files: what datasets are, what budgets are, and who may do what. Immutable; the loader is the
 * only way to one made of files.
 */
public final class PolicyBundle {
    private final Hash contentHash;
    private final Map<String, byte[]> files;
    private final Map<DatasetId, Dataset> datasets;
    private final Budgets budgets;
    private final AccessRules rules;
    private final List<Transform> transforms;

    /**
     * A bundle of parts that have been checked against each other.
     *
     * @param contentHash over all documents (policy note, section 7)
     * @param files the bytes they were read from, by path
     */
    public PolicyBundle(
            Hash contentHash,
            Map<String, byte[]> files,
            Map<DatasetId, Dataset> datasets,
            Budgets budgets,
            Access access) {
        this.contentHash = Objects.requireNonNull(contentHash);
        this.files = copy(files);
        this.datasets = Collections.unmodifiableMap(new TreeMap<>(datasets));
        this.budgets = Objects.requireNonNull(budgets);
        this.rules = new AccessRules(access.rules());
        this.transforms = access.transforms();
    }

    /** The access rules and the transforms their treatments need. */
    public record Access(List<Rule> rules, List<Transform> transforms) {
        public Access {
            rules = List.copyOf(rules);
            transforms = List.copyOf(transforms);
        }
    }

    /** Names the bundle in ledger entries and answers: SHA-256 over the RFC 8785 form of all documents. */
    public Hash contentHash() {
        return contentHash;
    }

    /** The files as read, by path relative to the bundle's folder, sorted; cases are not part of a bundle. */
    public Map<String, byte[]> files() {
        return copy(files);
    }

    /** Every declared dataset, sorted by id. */
    public Map<DatasetId, Dataset> datasets() {
        return datasets;
    }

    /** The caps of the budget rows. */
    public Budgets budgets() {
        return budgets;
    }

    /** Every access rule, sorted by id. */
    public List<Rule> rules() {
        return rules.rules();
    }

    /** Every transform. */
    public List<Transform> transforms() {
        return transforms;
    }

    /** How values of this meaning become pseudonyms; empty when nothing in the bundle says so. */
    public Optional<Transform> pseudonym(Semantic semantic) {
        return transform(Treatment.PSEUDONYM, semantic, Context.SANDBOX_INPUT);
    }

    /** The answer. The same question always has the same answer under the same bundle. */
    public Decision decide(Question question) {
        Decision decision = rules.decide(question);
        return switch (decision) {
            case Decision.Deny deny -> deny;
            case Decision.Permit permit -> withTransform(permit, question);
        };
    }

    /** The answer with every rule that had a part in it. */
    public Explanation explain(Question question) {
        Decision decision = decide(question);
        var matches = new ArrayList<Explanation.Match>();
        for (Rule rule : rules.matching(question)) {
            Set<Requirement> unmet = switch (rule.effect()) {
                case Rule.Permits permits -> permits.requires().unmet(question);
                case Rule.Denies _ -> Set.of();
            };
            matches.add(new Explanation.Match(rule, decision.rules().contains(rule.id()), unmet));
        }
        return new Explanation(contentHash, question, decision, matches);
    }

    private Decision.Permit withTransform(Decision.Permit permit, Question question) {
        if (permit.treatment() == Treatment.RAW || question.semantic().isEmpty()) {
            return permit;
        }
        Semantic semantic = question.semantic().get();
        Context context = question.context().orElseThrow();
        Optional<Transform> transform = transform(permit.treatment(), semantic, context);
        // The loader has seen to it that every declared column has one; for any other meaning nothing is shown.
        return transform.isPresent()
                ? new Decision.Permit(
                        permit.treatment(), transform.map(Transform::id), permit.rules(), permit.required())
                : new Decision.Permit(
                        Treatment.SUPPRESS,
                        transform(Treatment.SUPPRESS, semantic, context).map(Transform::id),
                        permit.rules(),
                        permit.required());
    }

    private Optional<Transform> transform(Treatment treatment, Semantic semantic, Context context) {
        return transforms.stream()
                .filter(transform ->
                        transform.treatment() == treatment && transform.serves(semantic) && transform.servesIn(context))
                .findFirst();
    }

    private static Map<String, byte[]> copy(Map<String, byte[]> files) {
        var copy = new TreeMap<String, byte[]>();
        files.forEach((path, content) -> copy.put(path, content.clone()));
        return Collections.unmodifiableMap(copy);
    }
}
