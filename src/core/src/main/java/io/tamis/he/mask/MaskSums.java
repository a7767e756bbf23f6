package io.tamis.he.mask;

import io.tamis.data.Hash;
import io.tamis.he.Aggregate;
import io.tamis.he.Bfv;
import io.tamis.he.Ciphertext;
import io.tamis.he.Encoding;
import io.tamis.he.HeException;
import io.tamis.he.KeyEpoch;
import io.tamis.he.ring.NttPoly;
import io.tamis.he.ring.PairProducts;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;

/**
 * Sums ciphertexts under masks, several segments in one pass: {@code sum ct*M_s}, so that each ciphertext is read once and
 * nothing but the sums stays in memory. Coefficient 0 of a segment's plaintext is then the sum of its users' tags.
 *
 * <p>A block in which a segment has nobody adds nothing and is passed over; a segment without anybody at all is refused by
 * {@link #finish}, because everybody could read it. Not thread-safe.
 */
public final class MaskSums {
    /** Most segments of one pass. */
    public static final int SEGMENTS_MAX = 4096;

    private final Bfv scheme;
    private final MaskForms forms;
    private final List<NttPoly> c0 = new ArrayList<>();
    private final List<NttPoly> c1 = new ArrayList<>();
    private final int[] summed;
    private final Set<Hash> seen = new HashSet<>();
    private Optional<KeyEpoch> epoch = Optional.empty();
    private final List<Pending> pending = new ArrayList<>();

    /** The transformed mask of nobody, never changed. */
    private final NttPoly nobody;

    private record Pending(Ciphertext ciphertext, int block, List<BitMask> masks) {}

    /** Empty sums of so many segments. */
    public MaskSums(Bfv scheme, MaskForms forms, int segments) {
        HeException.require(segments >= 1 && segments <= SEGMENTS_MAX);
        this.scheme = Objects.requireNonNull(scheme);
        this.forms = Objects.requireNonNull(forms);
        summed = new int[segments];
        nobody = scheme.ring().zero();
        for (int s = 0; s < segments; s++) {
            c0.add(scheme.ring().zero());
            c1.add(scheme.ring().zero());
        }
    }

    /**
     * Adds a ciphertext of tags under each segment's mask.
     *
     * @param ciphertext with encoding TAGS, of the same key epoch as those before; refused when it was added before
     * @param block which block of its alignment's positions it carries
     * @param masks over all positions of its alignment, one for each segment
     */
    public void add(Ciphertext ciphertext, int block, List<BitMask> masks) {
        int n = scheme.params().n();
        HeException.require(masks.size() == summed.length);
        if (epoch.isEmpty()) {
            epoch = Optional.of(ciphertext.header().keyEpoch());
        }
        HeException.accept(epoch.equals(Optional.of(ciphertext.header().keyEpoch())));
        HeException.accept(ciphertext.header().encoding() == Encoding.TAGS
                && ciphertext.header().params().equals(scheme.params())
                && seen.add(ciphertext.hash()));
        for (var mask : masks) {
            HeException.accept(block >= 0
                    && block < mask.blocks(n)
                    && ciphertext.header().count() == Math.min(n, mask.bits() - block * n));
        }
        pending.add(new Pending(ciphertext, block, List.copyOf(masks)));
        if (pending.size() == forms.ciphertextsAtOnce()) {
            addPending();
        }
    }

    /** The sums in the order of segments; nothing may be added afterwards. */
    public List<Aggregate> finish() {
        addPending();
        var aggregates = new ArrayList<Aggregate>();
        for (int s = 0; s < summed.length; s++) {
            HeException.accept(summed[s] > 0);
            aggregates.add(new Aggregate(scheme, c0.get(s), c1.get(s), summed[s]));
        }
        c0.clear();
        c1.clear();
        return List.copyOf(aggregates);
    }

    /** Several ciphertexts at once, so that a sum is read and written less often than there are products. */
    private void addPending() {
        if (pending.isEmpty()) {
            return;
        }
        var products = new PairProducts(
                pending.stream().map(each -> each.ciphertext().c0()).toList(),
                pending.stream().map(each -> each.ciphertext().c1()).toList());
        for (int from = 0; from < summed.length; from += forms.segmentsAtOnce()) {
            int to = Math.min(summed.length, from + forms.segmentsAtOnce());
            var multipliers = new ArrayList<List<NttPoly>>();
            for (int s = from; s < to; s++) {
                multipliers.add(multipliers(s));
            }
            products.addTo(c0.subList(from, to), c1.subList(from, to), multipliers);
        }
        pending.clear();
    }

    private List<NttPoly> multipliers(int segment) {
        var multipliers = new ArrayList<NttPoly>();
        for (var each : pending) {
            var mask = each.masks().get(segment);
            if (mask.blockIsEmpty(scheme.params().n(), each.block())) {
                multipliers.add(nobody);
            } else {
                multipliers.add(forms.form(mask, each.block()));
                summed[segment]++;
            }
        }
        return multipliers;
    }
}
