package io.tamis.synthetic;

import static org.junit.jupiter.api.Assertions.assertEquals;

import io.tamis.data.Json;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class TallyTest {
    private static final World WORLD = new World(new Seed(3), 4_000);

    private static Tally count(long from, long to) {
        var tally = new Tally();
        for (long i = from; i < to; i++) {
            tally.count(Life.of(WORLD.person(i)));
        }
        return tally;
    }

    @ParameterizedTest
    @ValueSource(longs = {0, 1, 1_999, 4_000})
    void tally_ofTwoParts_isThatOfTheWhole(long split) {
        Tally parts = count(0, split);
        parts.add(count(split, WORLD.persons()));
        assertEquals(count(0, WORLD.persons()).toJson(WORLD), parts.toJson(WORLD));
    }

    @Test
    void tally_addedTheOtherWayRound_isTheSame() {
        Tally one = count(0, 1_000);
        one.add(count(1_000, 4_000));
        Tally other = count(1_000, 4_000);
        other.add(count(0, 1_000));
        assertEquals(one.toJson(WORLD), other.toJson(WORLD));
    }

    @Test
    void tally_ofNobody_isZeroes() {
        Json.Obj truth = new Tally().toJson(WORLD);
        assertEquals(
                Json.parse("{\"brand-members\":0,\"messenger-users\":0,\"shop-users\":0,\"video-users\":0}"),
                truth.member("users").orElseThrow());
        assertEquals(
                Json.parse("{\"personsOnShopAndVideo\":0,\"withOnePhone\":0,\"shareMicro\":0}"),
                truth.member("matched").orElseThrow());
    }

    @Test
    void shapleyUnit_isDividedByAnyNumberOfChannels() {
        for (int channels = 1; channels <= 16; channels++) {
            assertEquals(0, Tally.SHAPLEY_UNIT % channels);
        }
    }

    @Test
    void reach_ofOnePhone_addsBothPlatforms() {
        var reach = new Reach();
        reach.count(3, 4, true);
        reach.count(0, 0, true);
        assertEquals(Json.parse("""
                    {"campaign":"singles-day","from":"2026-10-20","to":"2026-11-11",
                     "reach":{"video-exposures":1,"messenger-exposures":1,"both":1,"either":1},
                     "incrementalReach":{"messengerOverVideo":0,"videoOverMessenger":0},
                     "frequency":{"video-exposures":[0,0,1,0,0,0,0,0,0,0],
                       "messenger-exposures":[0,0,0,1,0,0,0,0,0,0],"either":[0,0,0,0,0,0,1,0,0,0]},
                     "atLeast":[1,1,1,1,1,1,1,0,0,0]}"""), reach.toJson(Window.SINGLES_DAY));
    }

    @Test
    void reach_ofTwoPhones_isTwo() {
        var reach = new Reach();
        reach.count(12, 1, false);
        assertEquals(Json.parse("""
                    {"campaign":"brand-tv","from":"2026-07-01","to":"2026-09-30",
                     "reach":{"video-exposures":1,"messenger-exposures":1,"both":0,"either":2},
                     "incrementalReach":{"messengerOverVideo":1,"videoOverMessenger":1},
                     "frequency":{"video-exposures":[0,0,0,0,0,0,0,0,0,1],
                       "messenger-exposures":[1,0,0,0,0,0,0,0,0,0],"either":[1,0,0,0,0,0,0,0,0,1]},
                     "atLeast":[2,1,1,1,1,1,1,1,1,1]}"""), reach.toJson(Window.BRAND_TV_SUMMER));
    }

    @Test
    void text_ofATruth_isTheSameJson() {
        Json.Obj truth = count(0, 500).toJson(WORLD);
        String text = TruthText.of(truth);
        assertEquals(truth, Json.parse(text));
        assertEquals('\n', text.charAt(text.length() - 1));
        assertEquals(
                truth.members().keySet(),
                ((Json.Obj) Json.parse(text)).members().keySet());
    }

    @Test
    void text_isForReaders() {
        var truth = Json.object()
                .put("a", Json.object().put("b", 1).put("c", "x,y").build())
                .put("d", Tally.array(1, 2))
                .put(
                        "e",
                        Json.array(
                                java.util.List.of(Json.object().put("f", true).build())))
                .build();
        assertEquals("""
            {
              "a": {
                "b": 1,
                "c": "x,y"
              },
              "d": [1, 2],
              "e": [{
                "f": true
              }]
            }
            """, TruthText.of(truth));
    }
}
