package io.tamis.holder.ceremony;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;

import io.tamis.data.PartyId;
import io.tamis.data.PredictableRandom;
import io.tamis.he.Aggregate;
import io.tamis.he.Encoding;
import io.tamis.he.Encryptor;
import io.tamis.he.NoiseBounds;
import io.tamis.he.Schemes;
import io.tamis.he.threshold.ActiveSet;
import io.tamis.he.threshold.Combiner;
import io.tamis.he.threshold.OpenRequest;
import io.tamis.he.threshold.OpenedMax;
import io.tamis.he.threshold.Outputs;
import io.tamis.he.threshold.Share;
import io.tamis.he.threshold.ShareMaker;
import io.tamis.he.threshold.ZeroShares;
import io.tamis.holder.Rosters;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Ceremonies in which everybody keeps to the rules: all get the same key, and shares that open with any threshold of them. */
class CeremonyTest {
    private static final int FOLD = 16;

    @ParameterizedTest
    @CsvSource({"2, 2", "2, 3", "3, 3", "3, 5", "4, 5", "5, 5", "5, 8"})
    void ceremony_ofHonestHolders_makesOneKeyThatEverySubsetOpens(int threshold, int holders) {
        var table = new Table(Schemes.SMALL, threshold, holders, FOLD);
        var finished = finished(table.run());
        var key = finished.getFirst().key();
        finished.forEach(one -> assertArrayEquals(key.bytes(), one.key().bytes()));
        assertEquals(holders, key.contributors());

        long[] values = {7, 0, -3};
        var header = Schemes.header(Schemes.SMALL, 0, Encoding.TAGS, values.length);
        var sum = Aggregate.sum(
                Schemes.SMALL, List.of(new Encryptor(key).encrypt(header, values, Schemes.seed(1), Schemes.seed(2))));
        for (var set : Subsets.of(holders, threshold)) {
            assertArrayEquals(values, open(table, finished, sum, set));
        }
    }

    @Test
    void ceremony_finished_isMadeInTheEyesOfAnOutsider() {
        var table = new Table(Schemes.SMALL, 2, 3, FOLD);
        var key = finished(table.run()).getFirst().key();
        var made = assertInstanceOf(CeremonyAudit.Finding.Made.class, table.audit());
        assertEquals(key.hash(), made.key().hash());
        var closed = assertInstanceOf(Standing.Closed.class, table.transcript().standing());
        assertEquals(key.hash(), closed.key());
        assertEquals(closed.transcript(), made.transcript());
    }

    static List<Step.Finished> finished(Map<PartyId, Step> last) {
        return last.values().stream()
                .map(step -> assertInstanceOf(Step.Finished.class, step))
                .toList();
    }

    private static long[] open(Table table, List<Step.Finished> finished, Aggregate sum, ActiveSet set) {
        var outputs = Outputs.first(3);
        var bounds = NoiseBounds.ofPlain(table.scheme.params(), finished.size(), 1);
        var shares = new ArrayList<Share>();
        for (var holder : set.members()) {
            shares.add(new ShareMaker(finished.get(holder.number() - 1).share(), new PredictableRandom(holder.number()))
                    .share(new OpenRequest(set, outputs, bounds, ZeroShares.nothingToHide()), sum, new long[3]));
        }
        return new Combiner(table.scheme).open(sum, set, shares, outputs, new OpenedMax(100));
    }

    static PartyId holder(int i) {
        return Rosters.holder(i);
    }
}
