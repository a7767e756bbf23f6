package io.tamis.he.threshold;

import io.tamis.data.RandomSource;
import io.tamis.he.Bfv;
import io.tamis.he.HeException;
import io.tamis.he.ring.NttPoly;
import io.tamis.he.ring.RnsConstant;
import io.tamis.he.ring.Sampler;
import io.tamis.he.ring.Seed;
import java.math.BigInteger;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.IntStream;

/** A contributor's own part s_i of the collective secret key. Zeroed on closing, prints nothing. */
public final class SecretContribution implements AutoCloseable {
    private final Bfv scheme;
    private final NttPoly s;
    private boolean closed;

    SecretContribution(Bfv scheme, NttPoly s) {
        this.scheme = scheme;
        this.s = s;
    }

    /**
     * Shares the contribution so that any {@code threshold} holders can open together (Shamir 1979 over R_Q, as in eprint
     * 2022/780): {@code f(j) = s + sum_{0<k<t} r_k j^k}, r_k uniform in R_Q. Fewer learn nothing of s, whatever they compute.
     *
     * @return one for each holder 1 to {@code holders}; the caller seals each to its holder and closes it
     */
    public List<SubShare> deal(int threshold, int holders, RandomSource random) {
        requireOpen();
        Sharing.shamir(threshold, holders);
        try (var seed = Seed.random(random)) {
            var sampler = new Sampler(scheme.ring(), seed);
            var coefficients = new ArrayList<NttPoly>();
            coefficients.add(s);
            IntStream.range(1, threshold).forEach(k -> coefficients.add(sampler.uniform("r" + k)));
            var dealt = new ArrayList<SubShare>();
            for (int j = 1; j <= holders; j++) {
                dealt.add(new SubShare(scheme, new HolderIndex(j), valueAt(coefficients, j)));
            }
            coefficients.stream().skip(1).forEach(NttPoly::close);
            return List.copyOf(dealt);
        }
    }

    private NttPoly valueAt(List<NttPoly> coefficients, int j) {
        RnsConstant point = scheme.ring().constant(BigInteger.valueOf(j));
        var value = scheme.ring().zero();
        for (int k = coefficients.size() - 1; k >= 0; k--) {
            value.scale(point).add(coefficients.get(k));
        }
        return value;
    }

    /** The contribution as this holder's share of an n-of-n key, with a life of its own. */
    public SecretShare asShare(HolderIndex holder, int holders) {
        requireOpen();
        HeException.require(holder.number() <= holders);
        return new SecretShare(scheme, Sharing.additive(holders), holder, s.copy());
    }

    private void requireOpen() {
        if (closed) {
            throw new IllegalStateException("contribution already closed");
        }
    }

    @Override
    public void close() {
        s.close();
        closed = true;
    }

    @Override
    public String toString() {
        return "SecretContribution";
    }
}
