package io.tamis.policy.load;

import io.tamis.data.Json;
import io.tamis.data.JsonFields;
import io.tamis.data.Level;
import io.tamis.data.Semantic;
import io.tamis.policy.Context;
import io.tamis.policy.Transform;
import io.tamis.policy.TransformId;
import io.tamis.policy.Treatment;
import java.util.EnumSet;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

/** Reads {@code transforms.yaml}, whose form the schema has checked, and checks each transform against itself. */
final class TransformReader {
    static final String FILE = "transforms.yaml";

    private static final int TRANSFORMS_MAX = 1000;
    private static final int SEMANTICS_MAX = 1000;
    private static final int NAME_LENGTH_MAX = 64;
    private static final int ALGORITHM_LENGTH_MAX = 32;
    private static final int BUCKETS_MAX = 10_000;
    private static final String EVERY = "*";

    private final Problems problems;

    TransformReader(Problems problems) {
        this.problems = problems;
    }

    List<Transform> read(Yaml document) {
        List<Json> items = new JsonFields(document.toJson()).list("transforms", TRANSFORMS_MAX, item -> item);
        var ids = new HashSet<TransformId>();
        for (int i = 0; i < items.size(); i++) {
            String pointer = "/transforms/" + i;
            check(pointer, new JsonFields(items.get(i)));
            if (!ids.add(transform(items.get(i)).id())) {
                problems.add(FILE, pointer + "/id", "names two transforms");
            }
        }
        return items.stream().map(TransformReader::transform).toList();
    }

    private static Transform transform(Json json) {
        var fields = new JsonFields(json);
        var semantics =
                new HashSet<>(fields.list("semantics", SEMANTICS_MAX, item -> JsonFields.text(item, NAME_LENGTH_MAX)));
        boolean every = semantics.remove(EVERY);
        var contexts = EnumSet.noneOf(Context.class);
        fields.optionalList("contexts", 16, item -> JsonFields.text(item, 32))
                .forEach(name -> contexts.add(Constants.named(name, Context.class)));
        return new Transform(
                new TransformId(fields.string("id", NAME_LENGTH_MAX)),
                fields.constant("treatment", Treatment.class),
                fields.string("algorithm", ALGORITHM_LENGTH_MAX),
                every
                        ? Set.of()
                        : Set.copyOf(semantics.stream().map(Semantic::new).toList()),
                contexts,
                fields.constant("outputLevel", Level.class));
    }

    private void check(String pointer, JsonFields fields) {
        var treatment = fields.constant("treatment", Treatment.class);
        String algorithm = fields.string("algorithm", ALGORITHM_LENGTH_MAX);
        if (!algorithms(treatment).contains(algorithm)) {
            problems.add(FILE, pointer + "/algorithm", algorithm + " does not make " + treatment);
        }
        List<String> semantics = fields.list("semantics", SEMANTICS_MAX, item -> JsonFields.text(item, 512));
        if (semantics.contains(EVERY) && semantics.size() > 1) {
            problems.add(FILE, pointer + "/semantics", "names others beside *, which means every one");
        }
        List<Long> buckets = fields.optionalList(
                "buckets", BUCKETS_MAX, item -> item instanceof Json.Int(long value) ? value : Long.MIN_VALUE);
        if (!buckets.equals(buckets.stream().sorted().toList())) {
            problems.add(FILE, pointer + "/buckets", "are not in ascending order");
        }
        boolean floors = fields.optionalString("floor", 16).isPresent();
        boolean generalizes = algorithm.equals("GENERALIZE");
        if (generalizes == (floors == !buckets.isEmpty())) {
            problems.add(FILE, pointer, "needs exactly one of buckets and floor if, and only if, it is GENERALIZE");
        }
    }

    /** The algorithms that make a treatment; none of them is a hash without a key. */
    private static Set<String> algorithms(Treatment treatment) {
        return switch (treatment) {
            case RAW -> Set.of();
            case PARTIAL -> Set.of("PARTIAL");
            case GENERALIZE -> Set.of("GENERALIZE", "TOP_BOTTOM_CODE", "DATE_SHIFT", "CONSTANT");
            case TOKEN -> Set.of("AES_SIV", "FF1");
            case PSEUDONYM -> Set.of("HMAC_SHA256", "HMAC_SM3", "OPRF_P256");
            case ENCRYPTED -> Set.of("THRESHOLD_BFV", "PAILLIER_3072");
            case DP_AGGREGATE -> Set.of("DP_AGGREGATE");
            case SUPPRESS -> Set.of("SUPPRESS", "CONSTANT");
        };
    }
}
