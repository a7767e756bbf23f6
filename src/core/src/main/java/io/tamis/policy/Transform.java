package io.tamis.policy;

import io.tamis.data.Level;
import io.tamis.data.Semantic;
import java.util.Objects;
import java.util.Set;

/**
 * How a treatment is carried out for values of some meaning ({@code transforms.yaml}).
 *
 * @param algorithm what computes it, by its name in the file
 * @param semantics the meanings it serves; empty for every meaning
 * @param contexts where it may be used; empty for everywhere
 * @param outputLevel the declared level of what comes out
 */
public record Transform(
        TransformId id,
        Treatment treatment,
        String algorithm,
        Set<Semantic> semantics,
        Set<Context> contexts,
        Level outputLevel) {
    public Transform {
        Objects.requireNonNull(id);
        Objects.requireNonNull(treatment);
        Objects.requireNonNull(algorithm);
        Objects.requireNonNull(outputLevel);
        semantics = Set.copyOf(semantics);
        contexts = Set.copyOf(contexts);
    }

    /** True when it serves this meaning. */
    public boolean serves(Semantic semantic) {
        return semantics.isEmpty() || semantics.contains(semantic);
    }

    /** True when it may be used there. */
    public boolean servesIn(Context context) {
        return contexts.isEmpty() || contexts.contains(context);
    }
}
