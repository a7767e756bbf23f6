package io.tamis.cli.bench;

import io.tamis.data.Hash;
import io.tamis.data.RandomSource;
import io.tamis.he.Aggregate;
import io.tamis.he.Alignment;
import io.tamis.he.Bfv;
import io.tamis.he.CipherHeader;
import io.tamis.he.CipherKind;
import io.tamis.he.Ciphertext;
import io.tamis.he.CollectiveKey;
import io.tamis.he.Encoding;
import io.tamis.he.Encryptor;
import io.tamis.he.KeyEpoch;
import io.tamis.he.NoiseBounds;
import io.tamis.he.mask.BitMask;
import io.tamis.he.mask.FreshMaskForms;
import io.tamis.he.mask.MaskForms;
import io.tamis.he.mask.MaskSums;
import io.tamis.he.ring.Seed;
import io.tamis.he.threshold.ActiveSet;
import io.tamis.he.threshold.Combiner;
import io.tamis.he.threshold.HolderIndex;
import io.tamis.he.threshold.KeyCandidates;
import io.tamis.he.threshold.OpenRequest;
import io.tamis.he.threshold.OpenedMax;
import io.tamis.he.threshold.Outputs;
import io.tamis.he.threshold.SecretShare;
import io.tamis.he.threshold.Share;
import io.tamis.he.threshold.ShareMaker;
import io.tamis.he.threshold.ZeroShares;
import java.nio.ByteBuffer;
import java.util.List;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.function.IntFunction;
import java.util.function.Supplier;
import java.util.stream.IntStream;

/** Keys of two holders, a million users with a tag each, 64 segments: made from seeds anyone can guess. */
final class HeWorld {
    static final int USERS = 1_000_000;
    static final int SEGMENTS = 64;
    private static final int HOLDERS = 2;

    private final Bfv scheme;
    private final CollectiveKey key;
    private final List<SecretShare> shares;
    private final Encryptor encryptor;
    private final int blocks;

    HeWorld(Bfv scheme) {
        this.scheme = scheme;
        var candidates = new KeyCandidates(scheme, seed(1));
        key = CollectiveKey.of(
                scheme,
                seed(1),
                IntStream.rangeClosed(1, HOLDERS)
                        .mapToObj(i -> candidates.b(seed(100 + i)))
                        .toList());
        shares = IntStream.rangeClosed(1, HOLDERS)
                .mapToObj(i -> candidates.secret(seed(100 + i)).asShare(new HolderIndex(i), HOLDERS))
                .toList();
        encryptor = new Encryptor(key);
        blocks = (USERS + scheme.params().n() - 1) / scheme.params().n();
    }

    /** A seed that stands for this number. */
    static Seed seed(long number) {
        return Seed.of(ByteBuffer.allocate(Seed.LENGTH).putLong(0, number).array());
    }

    Bfv scheme() {
        return scheme;
    }

    /** The tags of a block, in cents, encrypted. */
    Ciphertext encrypted(int block) {
        int count =
                Math.min(scheme.params().n(), USERS - block * scheme.params().n());
        var values = new long[count];
        for (int i = 0; i < count; i++) {
            values[i] = (block * 31L + i * 17L) % 10_000;
        }
        var header = new CipherHeader(
                CipherKind.PUBLIC_KEY,
                scheme.params(),
                new KeyEpoch(1),
                new Alignment(1, Hash.sha256(new byte[] {1})),
                block,
                Encoding.TAGS,
                count);
        return encryptor.encrypt(header, values, seed(1_000 + block), seed(2_000 + block));
    }

    /** All users, one tag. */
    Object million(int processors) {
        return inParallel(processors, blocks, block -> encrypted(block).c1());
    }

    /** A holder's share of a sum over all users, with the flood that its bounds ask for. */
    Supplier<Object> share() {
        var request = request();
        var sum = sum();
        var maker = new ShareMaker(shares.getFirst(), counting());
        var noise = new long[] {7};
        return () -> maker.share(request, sum, noise);
    }

    Supplier<Object> combination() {
        var request = request();
        var sum = sum();
        List<Share> made = shares.stream()
                .map(share -> new ShareMaker(share, counting()).share(request, sum, new long[] {7}))
                .toList();
        var combiner = new Combiner(scheme);
        var max = new OpenedMax(1L << 39);
        return () -> combiner.open(sum, request.active(), made, Outputs.FIRST, max);
    }

    Groups groups() {
        return new Groups(IntStream.range(0, blocks).mapToObj(this::encrypted).toList());
    }

    /** Ciphertexts and the masks of disjoint segments. */
    final class Groups {
        private final List<Ciphertext> ciphertexts;
        private final List<BitMask> masks;

        Groups(List<Ciphertext> ciphertexts) {
            this.ciphertexts = ciphertexts;
            ciphertexts.forEach(Ciphertext::hash);
            masks = IntStream.range(0, SEGMENTS)
                    .mapToObj(s -> BitMask.of(USERS, i -> (i * 0x9E3779B1) >>> 26 == s))
                    .toList();
            masks.forEach(BitMask::hash);
        }

        /** The sum of each segment; processors share the segments out. */
        List<Object> sum(MaskForms forms, int processors) {
            int each = SEGMENTS / processors;
            return inParallel(processors, processors, part -> {
                var own = masks.subList(part * each, part == processors - 1 ? SEGMENTS : (part + 1) * each);
                var sums = new MaskSums(scheme, forms, own.size());
                for (int block = 0; block < ciphertexts.size(); block++) {
                    sums.add(ciphertexts.get(block), block, own);
                }
                return sums.finish();
            });
        }
    }

    private OpenRequest request() {
        return new OpenRequest(
                ActiveSet.of(IntStream.rangeClosed(1, HOLDERS)
                        .mapToObj(HolderIndex::new)
                        .toList()),
                Outputs.FIRST,
                NoiseBounds.ofMasked(scheme.params(), HOLDERS, blocks),
                ZeroShares.of((one, other) -> Seed.of(Hash.sha256().bytes())));
    }

    private Aggregate sum() {
        var sums = new MaskSums(scheme, new FreshMaskForms(scheme), 1);
        sums.add(encrypted(0), 0, List.of(BitMask.of(USERS, i -> i % 3 == 0)));
        var sum = sums.finish().getFirst();
        sum.hash();
        return sum;
    }

    /** Not random at all: a measurement needs none. */
    private static RandomSource counting() {
        return bytes -> {
            for (int i = 0; i < bytes.length; i++) {
                bytes[i] = (byte) i;
            }
        };
    }

    private static List<Object> inParallel(int processors, int count, IntFunction<Object> task) {
        if (processors == 1) {
            return IntStream.range(0, count).mapToObj(task).toList();
        }
        try (ExecutorService threads = Executors.newFixedThreadPool(processors)) {
            List<Future<Object>> running = IntStream.range(0, count)
                    .mapToObj(i -> threads.submit(() -> task.apply(i)))
                    .toList();
            return running.stream().map(HeWorld::done).toList();
        }
    }

    private static Object done(Future<Object> task) {
        try {
            return task.get();
        } catch (InterruptedException interrupted) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException("interrupted", interrupted);
        } catch (ExecutionException failed) {
            throw new IllegalStateException("the measured operation failed", failed.getCause());
        }
    }
}
