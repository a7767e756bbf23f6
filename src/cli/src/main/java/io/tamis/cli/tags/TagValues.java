package io.tamis.cli.tags;

import io.tamis.holder.TagSpec;
import java.util.Arrays;

/**
 * One tag's values by the order in which the persons came, in as little memory as its bound allows; or counts, which need none of a
 * person's.
 */
sealed interface TagValues {
    /** Values of this tag, for about so many persons. */
    static TagValues of(TagSpec spec, int expected) {
        return spec.isBuckets() ? new Counts(spec.buckets().size()) : of(spec.maxAbs(), expected);
    }

    /** Values of at most this magnitude, for about so many persons. */
    static TagValues of(long maxAbs, int expected) {
        int capacity = Math.max(1_024, expected);
        if (maxAbs <= Byte.MAX_VALUE) {
            return new Bytes(capacity);
        }
        return maxAbs <= Integer.MAX_VALUE ? new Ints(capacity) : new Longs(capacity);
    }

    /** Keeps the value of the person at this place. */
    void set(int person, long value);

    /** The value of the person at this place. */
    long get(int person);

    private static int grown(int person) {
        return Math.addExact(person, person / 2) + 1;
    }

    /** How many persons there are in each bucket: what is set is a person's bucket, what is got is a bucket's count. */
    final class Counts implements TagValues {
        private final long[] counts;

        private Counts(int buckets) {
            counts = new long[buckets];
        }

        @Override
        public void set(int person, long bucket) {
            if (bucket != TaggedColumn.NO_BUCKET) {
                counts[(int) bucket]++;
            }
        }

        @Override
        public long get(int bucket) {
            return counts[bucket];
        }
    }

    /** A byte a person. */
    final class Bytes implements TagValues {
        private byte[] values;

        private Bytes(int capacity) {
            values = new byte[capacity];
        }

        @Override
        public void set(int person, long value) {
            values = person < values.length ? values : Arrays.copyOf(values, grown(person));
            values[person] = (byte) value;
        }

        @Override
        public long get(int person) {
            return values[person];
        }
    }

    /** Four bytes a person. */
    final class Ints implements TagValues {
        private int[] values;

        private Ints(int capacity) {
            values = new int[capacity];
        }

        @Override
        public void set(int person, long value) {
            values = person < values.length ? values : Arrays.copyOf(values, grown(person));
            values[person] = (int) value;
        }

        @Override
        public long get(int person) {
            return values[person];
        }
    }

    /** Eight bytes a person. */
    final class Longs implements TagValues {
        private long[] values;

        private Longs(int capacity) {
            values = new long[capacity];
        }

        @Override
        public void set(int person, long value) {
            values = person < values.length ? values : Arrays.copyOf(values, grown(person));
            values[person] = value;
        }

        @Override
        public long get(int person) {
            return values[person];
        }
    }
}
