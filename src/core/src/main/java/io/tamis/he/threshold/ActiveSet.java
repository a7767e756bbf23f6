package io.tamis.he.threshold;

import io.tamis.he.HeException;
import java.math.BigInteger;
import java.util.Arrays;
import java.util.Collection;
import java.util.List;
import java.util.TreeSet;

/**
 * The holders that open an aggregate together, in ascending order, none twice. Another set is another opening: each brings
 * fresh noise, and two of one aggregate would average it away.
 *
 * @param members 1 to 8 holders
 */
public record ActiveSet(List<HolderIndex> members) {
    /** A valid set. */
    public ActiveSet {
        members = List.copyOf(members);
        HeException.require(!members.isEmpty() && members.size() <= HolderIndex.MAX);
        for (int i = 1; i < members.size(); i++) {
            HeException.require(members.get(i - 1).number() < members.get(i).number());
        }
    }

    /** The set of these numbers, in any order. */
    public static ActiveSet of(int... numbers) {
        return of(Arrays.stream(numbers).mapToObj(HolderIndex::new).toList());
    }

    /** The set of these holders, in any order; none may be there twice. */
    public static ActiveSet of(Collection<HolderIndex> holders) {
        return new ActiveSet(holders.stream().sorted().toList());
    }

    /** Whether the holder is in it. */
    public boolean contains(HolderIndex holder) {
        return members.contains(holder);
    }

    /** How many. */
    public int size() {
        return members.size();
    }

    /** Bit i-1 for holder i. */
    int bits() {
        return members.stream().mapToInt(m -> 1 << (m.number() - 1)).sum();
    }

    /** The set whose bits these are, from the wire. */
    static ActiveSet ofBits(int bits) {
        HeException.accept(bits > 0 && bits < 1 << HolderIndex.MAX);
        var members = new TreeSet<HolderIndex>();
        for (int i = 1; i <= HolderIndex.MAX; i++) {
            if ((bits >>> (i - 1) & 1) == 1) {
                members.add(new HolderIndex(i));
            }
        }
        return of(members);
    }

    /**
     * Lagrange's coefficient at 0 of member j modulo the prime q: {@code prod m/(m-j)} over the other members m.
     *
     * @return in [0, q)
     */
    long lagrange(HolderIndex j, long q) {
        HeException.require(contains(j));
        var modulus = BigInteger.valueOf(q);
        var product = BigInteger.ONE;
        for (var m : members) {
            if (m.number() != j.number()) {
                var difference = BigInteger.valueOf(m.number() - j.number()).modInverse(modulus);
                product = product.multiply(BigInteger.valueOf(m.number()))
                        .multiply(difference)
                        .mod(modulus);
            }
        }
        return product.longValueExact();
    }
}
