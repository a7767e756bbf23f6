package io.tamis.catalog.link;

import io.tamis.catalog.load.BucketFile;
import io.tamis.catalog.load.UnitReader;
import io.tamis.catalog.load.UnitSource;
import io.tamis.data.Hash;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.stream.IntStream;

/** Persons dealt to buckets in turn, as no importer would have them: the same identifier may come twice. */
record ListedUnits(List<String> people) implements UnitSource {
    static final int BUCKETS = 64;

    @Override
    public Hash contentHash() {
        return Hash.sha256();
    }

    @Override
    public List<Integer> buckets() {
        return IntStream.range(0, Math.min(BUCKETS, people.size())).boxed().toList();
    }

    long unitNo(int person) {
        return ((long) (person % BUCKETS) << BucketFile.SERIAL_BITS) + 1 + person / BUCKETS;
    }

    @Override
    public UnitReader open(int bucket) {
        return new UnitReader() {
            private int person = bucket - BUCKETS;

            @Override
            public boolean next() {
                person += BUCKETS;
                return person < people.size();
            }

            @Override
            public long unitNo() {
                return ListedUnits.this.unitNo(person);
            }

            @Override
            public byte[] identifier() {
                return people.get(person).getBytes(StandardCharsets.UTF_8);
            }

            @Override
            public int identifierLength() {
                return identifier().length;
            }

            @Override
            public void close() {}
        };
    }

    @Override
    public void close() {}
}
