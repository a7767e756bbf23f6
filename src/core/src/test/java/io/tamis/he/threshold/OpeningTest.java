package io.tamis.he.threshold;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;

import io.tamis.data.PredictableRandom;
import io.tamis.he.Aggregate;
import io.tamis.he.Bfv;
import io.tamis.he.Encoding;
import io.tamis.he.Encryptor;
import io.tamis.he.NoiseBounds;
import io.tamis.he.Schemes;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class OpeningTest {
    private static final Bfv SCHEME = Schemes.SMALL;

    @Test
    void open_bucketsOfTwoBatches_areTheirSums() {
        var holders = Holders.additive(SCHEME, 2);
        var encryptor = new Encryptor(holders.key());
        long[] first = IntStream.range(0, 64).mapToLong(i -> i).toArray();
        long[] second = IntStream.range(0, 64).mapToLong(i -> -1000L * i).toArray();
        var sum = Aggregate.sum(
                SCHEME,
                List.of(
                        encryptor.encrypt(
                                Schemes.header(SCHEME, 0, Encoding.BUCKETS, 64),
                                first,
                                Schemes.seed(11),
                                Schemes.seed(12)),
                        encryptor.encrypt(
                                Schemes.header(SCHEME, 1, Encoding.BUCKETS, 64),
                                second,
                                Schemes.seed(13),
                                Schemes.seed(14))));
        var active = ActiveSet.of(1, 2);
        var outputs = Outputs.first(64);
        var request = new OpenRequest(active, outputs, NoiseBounds.ofPlain(SCHEME.params(), 2, 2));
        var shares = new ArrayList<Share>();
        for (int i = 1; i <= 2; i++) {
            shares.add(new ShareMaker(holders.share(i), new PredictableRandom(i)).share(request, sum, new long[64]));
        }
        long[] opened = new Combiner(SCHEME).open(sum, active, shares, outputs, new OpenedMax(100_000));
        assertArrayEquals(IntStream.range(0, 64).mapToLong(i -> -999L * i).toArray(), opened);
    }
}
