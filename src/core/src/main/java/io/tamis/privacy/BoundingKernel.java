package io.tamis.privacy;

import io.tamis.privacy.PrivacyException.Fault;
import java.util.List;

/**
 * Adds up the rows of one shard, clipping what one person can contribute.
 *
 * <p>Unit of privacy: one person, one number. Neighbours: one person's rows added or removed, however many. After
 * clipping a person changes at most {@code groupsMax} (L0) groups, and in each of them a measure by at most its
 * {@link Measure#bound()}; which L0 groups are kept depends on the salt and this person's rows only. Who clamps: this
 * class, nobody before or after. Cost: none by itself; the result is exact and only {@link Releaser} may see it.
 *
 * <p>The caller ensures that a person's rows are all in this shard, next to each other, units ascending (the import
 * clusters them; both are checked here), and that the salt is fresh and secret per release and shared by its shards.
 * One thread; nothing is allocated per row.
 */
public final class BoundingKernel {
    private static final long NO_UNIT = -1;

    private final List<Measure> measures;
    private final int stride;
    private final int groups;
    private final int groupsMax;
    private final SipHash salted;
    private final long unitFrom;
    private final long unitTo;

    /** Per measure: the clamp of a SUM; a COUNT is a sum of ones clamped to [0, rowsMax]. */
    private final boolean[] sums;

    private final long[] least;
    private final long[] most;

    /** The current person, measure by measure within a group; the first slot holds the rows, 0 if there are none. */
    private final long[] person;

    private final int[] touched;
    private final int[] kept;
    private final long[] keptHash;
    private final long[][] totals;
    private int touchedCount;
    private long unit = NO_UNIT;
    private boolean finished;

    /** A kernel for the units from {@code unitFrom} to {@code unitTo - 1}, none below 0, with a salt of 16 bytes. */
    public BoundingKernel(KernelSpec spec, byte[] salt, long unitFrom, long unitTo) {
        PrivacyException.require(unitFrom >= 0 && unitFrom < unitTo);
        this.measures = spec.measures();
        this.stride = measures.size();
        this.groups = spec.groups();
        this.groupsMax = spec.groupsMax();
        this.salted = new SipHash(salt);
        this.unitFrom = unitFrom;
        this.unitTo = unitTo;
        this.sums = new boolean[stride];
        this.least = new long[stride];
        this.most = new long[stride];
        this.person = new long[Math.multiplyExact(groups, stride)];
        this.touched = new int[groups];
        this.kept = new int[groupsMax];
        this.keptHash = new long[groupsMax];
        this.totals = new long[stride][groups];
        for (int at = 0; at < stride; at++) {
            bound(at);
        }
    }

    private void bound(int at) {
        switch (measures.get(at)) {
            case Measure.Users _ -> most[at] = 1;
            case Measure.Count(int rowsMax) -> most[at] = rowsMax;
            case Measure.Sum(var clamp) -> {
                sums[at] = true;
                least[at] = clamp.min();
                most[at] = clamp.max();
            }
            // What only key holders can add up is no kernel's.
            case Measure.SealedSum _, Measure.SealedCount _ ->
                throw new PrivacyException(PrivacyException.Fault.OUT_OF_LIMITS);
        }
    }

    /**
     * Takes one row.
     *
     * @param values one per measure, {@link Measure#NO_VALUE} where the row has none; the first is not read. Not kept.
     */
    public void row(long rowUnit, int group, long[] values) {
        PrivacyException.require(!finished && values.length == stride);
        if (rowUnit < unitFrom || rowUnit >= unitTo) {
            throw new PrivacyException(Fault.UNIT_OUT_OF_BUCKET);
        }
        if (group < 0 || group >= groups) {
            throw new PrivacyException(Fault.GROUP_OUT_OF_RANGE);
        }
        if (rowUnit != unit) {
            if (rowUnit < unit) {
                throw new PrivacyException(Fault.UNIT_NOT_CLUSTERED);
            }
            flush();
            unit = rowUnit;
        }
        int base = group * stride;
        if (person[base] == 0) {
            touch(group, base);
        }
        person[base]++;
        for (int at = 1; at < stride; at++) {
            if (values[at] != Measure.NO_VALUE) {
                add(base + at, at, values[at]);
            }
        }
    }

    private void touch(int group, int base) {
        touched[touchedCount++] = group;
        for (int at = 1; at < stride; at++) {
            // A person without a single value contributes nothing, not the lower clamp.
            person[base + at] = sums[at] ? Measure.NO_VALUE : 0;
        }
    }

    private void add(int slot, int at, long value) {
        if (!sums[at]) {
            person[slot]++;
        } else {
            long clipped = Math.clamp(value, least[at], most[at]);
            person[slot] = person[slot] == Measure.NO_VALUE ? clipped : PartialSums.add(person[slot], clipped);
        }
    }

    /** The sums of all rows taken. The kernel is used up. */
    public PartialSums finish() {
        PrivacyException.require(!finished);
        flush();
        finished = true;
        return PartialSums.owning(totals);
    }

    private void flush() {
        if (touchedCount <= groupsMax) {
            for (int i = 0; i < touchedCount; i++) {
                contribute(touched[i]);
            }
        } else {
            int count = choose();
            for (int i = 0; i < count; i++) {
                contribute(kept[i]);
            }
        }
        for (int i = 0; i < touchedCount; i++) {
            person[touched[i] * stride] = 0;
        }
        touchedCount = 0;
    }

    /** Keeps the L0 groups of smallest salted hash, ties to the lower code, by insertion into a sorted array. */
    private int choose() {
        int count = 0;
        for (int i = 0; i < touchedCount; i++) {
            int group = touched[i];
            long hash = salted.hash(unit, group);
            int place = count;
            while (place > 0 && before(hash, group, place - 1)) {
                place--;
            }
            if (place == groupsMax) {
                continue;
            }
            count = Math.min(count + 1, groupsMax);
            System.arraycopy(kept, place, kept, place + 1, count - 1 - place);
            System.arraycopy(keptHash, place, keptHash, place + 1, count - 1 - place);
            kept[place] = group;
            keptHash[place] = hash;
        }
        return count;
    }

    private boolean before(long hash, int group, int place) {
        int order = Long.compareUnsigned(hash, keptHash[place]);
        return order < 0 || (order == 0 && group < kept[place]);
    }

    private void contribute(int group) {
        int base = group * stride;
        for (int at = 0; at < stride; at++) {
            long own = person[base + at];
            if (own != Measure.NO_VALUE) {
                totals[at][group] = PartialSums.add(totals[at][group], Math.clamp(own, least[at], most[at]));
            }
        }
    }
}
