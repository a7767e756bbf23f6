package io.tamis.audience;

import io.tamis.catalog.scan.Deadline;
import io.tamis.catalog.scan.Shards;
import io.tamis.data.Hash;
import io.tamis.he.Aggregate;
import io.tamis.he.Bfv;
import io.tamis.he.CipherKind;
import io.tamis.he.Ciphertext;
import io.tamis.he.SignedBody;
import io.tamis.he.mask.BitMask;
import io.tamis.he.mask.MaskForms;
import io.tamis.he.mask.MaskSums;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Function;
import java.util.stream.IntStream;

/**
 * Sums every platform's ciphertexts under the masks of every segment, in the order of sources and blocks, each shard some of the
 * segments. In memory are the masks, two polynomials a segment, and one ciphertext a shard: a ciphertext is read again by each
 * shard, which costs little beside its products.
 */
final class MaskedSums {
    private final Bfv scheme;
    private final MaskForms forms;
    private final Function<Hash, byte[]> ciphertexts;
    private final Deadline deadline;

    MaskedSums(Bfv scheme, MaskForms forms, Function<Hash, byte[]> ciphertexts, Deadline deadline) {
        this.scheme = scheme;
        this.forms = forms;
        this.ciphertexts = ciphertexts;
        this.deadline = deadline;
    }

    /**
     * One platform's part.
     *
     * @param inputs its ciphertexts as uploaded, block by block
     * @param masks of each segment
     */
    record Source(List<Hash> inputs, List<BitMask> masks) {
        Source {
            inputs = List.copyOf(inputs);
            masks = List.copyOf(masks);
        }
    }

    /** A sum for each segment, in order. */
    List<Aggregate> sums(List<Source> sources) {
        int segments = sources.getFirst().masks().size();
        int count = Shards.count(segments);
        var shards = IntStream.range(0, count)
                .mapToObj(shard -> new Part(sources, segments * shard / count, segments * (shard + 1) / count))
                .toList();
        return Shards.run(shards, deadline).stream().flatMap(List::stream).toList();
    }

    /** The segments from one to another, the last not included. */
    private final class Part implements Shards.Task<List<Aggregate>> {
        private final List<Source> sources;
        private final int first;
        private final int end;

        Part(List<Source> sources, int first, int end) {
            this.sources = sources;
            this.first = first;
            this.end = end;
        }

        @Override
        public List<Aggregate> call() {
            var sums = new MaskSums(scheme, forms, end - first);
            int content = Ciphertext.length(scheme.params(), CipherKind.PUBLIC_KEY);
            for (Source source : sources) {
                List<BitMask> masks = new ArrayList<>(source.masks().subList(first, end));
                for (int block = 0; block < source.inputs().size(); block++) {
                    deadline.check();
                    byte[] uploaded = ciphertexts.apply(source.inputs().get(block));
                    byte[] bytes = SignedBody.split(uploaded, content).content();
                    sums.add(Ciphertext.read(scheme, bytes), block, masks);
                }
            }
            return sums.finish();
        }

        @Override
        public void cancel() {
            // The deadline's check also sees the interrupt that goes with it.
        }
    }
}
