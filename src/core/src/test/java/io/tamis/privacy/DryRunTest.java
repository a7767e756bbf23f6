package io.tamis.privacy;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.tamis.data.MicroEpsilon;
import io.tamis.data.MicroRho;
import java.math.BigDecimal;
import java.math.BigInteger;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class DryRunTest {
    /** By hand: sigma^2 = 500, half-width 44; 44/100, 44/1000, 44/10000. */
    @Test
    void predict_ofUsers_isByHand() {
        DryRun dryRun = DryRun.predict(Specs.users(1, 50, 1_000), 1_000);
        assertEquals(
                List.of(new DryRun.Prediction(
                        "m0",
                        "COUNT_USERS",
                        List.of(new DryRun.Part(
                                "COUNT_USERS", zcdp(1_000), new BigDecimal("22.37"), BigInteger.valueOf(44))),
                        Map.of(
                                100L, new BigDecimal("0.4400"),
                                1_000L, new BigDecimal("0.0440"),
                                10_000L, new BigDecimal("0.0044")))),
                dryRun.predictions());
    }

    /** By hand: scale 1, sigma 1.357, half-width 3; 3/100, 3/1000, 3/10000. */
    @Test
    void predict_ofAOneShot_isByHand() {
        DryRun dryRun = DryRun.predict(Specs.oneShot(Specs.users(1, 50, 1_000), 1_000_000), 1_000);
        assertEquals(
                List.of(new DryRun.Prediction(
                        "m0",
                        "COUNT_USERS",
                        List.of(new DryRun.Part(
                                "COUNT_USERS",
                                new Loss.Pure(new MicroEpsilon(1_000_000)),
                                new BigDecimal("1.36"),
                                BigInteger.valueOf(3))),
                        Map.of(
                                100L, new BigDecimal("0.0300"),
                                1_000L, new BigDecimal("0.0030"),
                                10_000L, new BigDecimal("0.0003")))),
                dryRun.predictions());
        assertEquals(
                "[{\"epsilonMicro\":1000000,\"halfWidth95\":\"3\",\"id\":\"m0\",\"kind\":\"COUNT_USERS\","
                        + "\"relativeError\":{\"100\":\"0.0300\",\"1000\":\"0.0030\",\"10000\":\"0.0003\"},"
                        + "\"sigma\":\"1.36\"}]",
                dryRun.toJson().canonical());
    }

    /** Half-width 60 at epsilon 0.05: over half of 119 users, not over half of 120. */
    @ParameterizedTest
    @CsvSource({"119, true", "120, false"})
    void floor_ofAOneShot_isHalfOfTheAssumedUsers(long users, boolean below) {
        ReleaseSpec spec = Specs.oneShot(Specs.users(1, 50, 1_000), 50_000);
        assertEquals(BigInteger.valueOf(60), spec.spread(0).halfWidth95());
        assertEquals(below, DryRun.predict(spec, users).belowUtilityFloor());
    }

    @Test
    void predict_addsTheAssumedUsers() {
        var errors = DryRun.predict(Specs.users(1, 50, 1_000), 88)
                .predictions()
                .getFirst()
                .relativeError();
        assertEquals(new BigDecimal("0.5000"), errors.get(88L));
        assertEquals(4, errors.size());
    }

    @Test
    void predict_ofAMean_showsItsTwoCharges() {
        ReleaseSpec spec = Specs.spec(
                1,
                1,
                List.of(Specs.USERS, Specs.ROWS, Specs.AMOUNT),
                List.of(new Statistic.Mean(new Statistic.Sum(2), new Statistic.Count(1))),
                50,
                3_001);
        DryRun dryRun = DryRun.predict(spec, 1_000);
        DryRun.Prediction mean = dryRun.predictions().getFirst();
        assertEquals(
                List.of("SUM", "COUNT"),
                mean.parts().stream().map(DryRun.Part::kind).toList());
        assertEquals(
                List.of(zcdp(1_000), zcdp(1_000)),
                mean.parts().stream().map(DryRun.Part::loss).toList());
        assertEquals(DryRun.IMPLICIT_USERS, dryRun.predictions().getLast().id());
        assertEquals(
                zcdp(1_001), dryRun.predictions().getLast().parts().getFirst().loss());
    }

    /** The sum of all charges shown is the charge of the release: users are paid for even when not asked for. */
    @Test
    void predict_showsTheWholeCharge() {
        ReleaseSpec spec = Specs.spec(3, 1, List.of(Specs.USERS, Specs.AMOUNT), List.of(new Statistic.Sum(1)), 50, 777);
        long shown = DryRun.predict(spec, 1_000).predictions().stream()
                .flatMap(prediction -> prediction.parts().stream())
                .mapToLong(part -> part.loss().micro())
                .sum();
        assertEquals(777, shown);
    }

    /** Half-width 44 is over half of 87 users, not over half of 88. */
    @ParameterizedTest
    @CsvSource({"1, true", "87, true", "88, false", "1000, false"})
    void floor_isHalfOfTheAssumedUsers(long users, boolean below) {
        assertEquals(below, DryRun.predict(Specs.users(1, 50, 1_000), users).belowUtilityFloor());
    }

    /** Counts only: what a sum is worth, its asker knows best. */
    @Test
    void floor_doesNotJudgeSums() {
        ReleaseSpec spec =
                Specs.spec(1, 1, List.of(Specs.USERS, Specs.AMOUNT), List.of(new Statistic.Sum(1)), 50, 1_000);
        assertTrue(spec.spread(1).halfWidth95().compareTo(BigInteger.valueOf(500_000)) > 0);
        assertFalse(DryRun.predict(spec, 1_000).belowUtilityFloor());
    }

    @Test
    void json_isTheDocumentedForm() {
        ReleaseSpec spec =
                Specs.spec(1, 1, List.of(Specs.USERS, Specs.ROWS), List.of(new Statistic.Count(1)), 50, 2_000);
        assertEquals(
                "[{\"halfWidth95\":\"219\",\"id\":\"m0\",\"kind\":\"COUNT\",\"relativeError\":{\"100\":\"2.1900\","
                        + "\"1000\":\"0.2190\",\"10000\":\"0.0219\"},\"rhoMicro\":1000,\"sigma\":\"111.81\"},"
                        + "{\"halfWidth95\":\"44\",\"id\":\"_users\",\"kind\":\"COUNT_USERS\",\"relativeError\":"
                        + "{\"100\":\"0.4400\",\"1000\":\"0.0440\",\"10000\":\"0.0044\"},\"rhoMicro\":1000,"
                        + "\"sigma\":\"22.37\"}]",
                DryRun.predict(spec, 1_000).toJson().canonical());
    }

    @Test
    void json_ofAMean_namesItsParts() {
        ReleaseSpec spec = Specs.all(1, 50, 4_000);
        String json = DryRun.predict(spec, 1_000).toJson().canonical();
        assertTrue(json.contains("\"kind\":\"MEAN\",\"parts\":[{\"halfWidth95\":"));
        assertTrue(json.contains("\"kind\":\"SUM\",\"rhoMicro\":1000"));
    }

    @Test
    void predict_ofNobody_isRefused() {
        ReleaseSpec spec = Specs.users(1, 50, 1_000);
        assertThrows(PrivacyException.class, () -> DryRun.predict(spec, 0));
        assertThrows(PrivacyException.class, () -> DryRun.predict(spec, DryRun.ASSUMED_USERS_MAX + 1));
    }

    private static Loss zcdp(long micro) {
        return new Loss.Zcdp(new MicroRho(micro));
    }
}
