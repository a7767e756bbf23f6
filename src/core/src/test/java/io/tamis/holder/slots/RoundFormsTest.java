package io.tamis.holder.slots;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import io.tamis.crypto.SecretBytes;
import io.tamis.data.Clamp;
import io.tamis.data.ColumnName;
import io.tamis.data.DataException;
import io.tamis.data.DatasetId;
import io.tamis.data.Hash;
import io.tamis.data.Json;
import io.tamis.data.PredictableRandom;
import io.tamis.he.KeyEpoch;
import io.tamis.he.Schemes;
import io.tamis.he.threshold.Holders;
import io.tamis.holder.MessageType;
import io.tamis.holder.Rosters;
import io.tamis.holder.TagBounds;
import io.tamis.holder.TagName;
import io.tamis.holder.TagSpec;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.OptionalLong;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;

/** A round's literal forms, its sizes, and the seeds of a platform. */
class RoundFormsTest {
    private static final TagBounds BOUNDS = new TagBounds(0, new Clamp(0, 500));
    private static final Hash A = Hash.sha256(new byte[] {1});
    private static final Hash B = Hash.sha256(new byte[] {2});
    private static final Hash C = Hash.sha256(new byte[] {3});
    private static final SlotPlan PLAN = plan(64, 2, 10);

    static Stream<Arguments> forms() {
        return Stream.of(
                Arguments.of(
                        RoundStep.PLAN,
                        new RoundStatement.Plan(PLAN, B),
                        "{'blocks':10,'fold':64,'params':'A','roots':'B','tags':["
                                + "{'column':'t0','kind':'VALUE','max':500,'min':0,'name':'t0','scale':0},"
                                + "{'column':'t1','kind':'AT_LEAST','max':500,'min':0,'name':'t1','scale':0,'threshold':5}]}"),
                Arguments.of(RoundStep.COINS, new RoundStatement.Coin(A, B), "{'coin':'B','plan':'A'}"),
                Arguments.of(
                        RoundStep.REVEALS, new RoundStatement.Reveal(A, B, C), "{'coin':'C','coins':'B','plan':'A'}"),
                Arguments.of(
                        RoundStep.OPENING,
                        new RoundStatement.Opening(A, B, List.of(C)),
                        "{'coin':'B','openings':['C'],'plan':'A'}"),
                Arguments.of(
                        RoundStep.VERDICTS,
                        new RoundStatement.Verdict(A, B, OptionalInt.empty()),
                        "{'opening':'B','plan':'A'}"),
                Arguments.of(
                        RoundStep.VERDICTS,
                        new RoundStatement.Verdict(A, B, OptionalInt.of(5)),
                        "{'opening':'B','plan':'A','slot':5}"));
    }

    @ParameterizedTest
    @MethodSource("forms")
    void body_ofEachStatement_isItsLiteralFormThereAndBack(RoundStep step, RoundStatement statement, String form) {
        assertEquals(json(form), statement.body().canonical());
        assertEquals(statement, RoundStatement.read(step, (Json.Obj) Json.parse(json(form))));
    }

    @ParameterizedTest
    @MethodSource("forms")
    void read_withLessMoreOrOther_isRefused(RoundStep step, RoundStatement statement, String form) {
        var body = (Json.Obj) Json.parse(json(form));
        var wrong = new ArrayList<Json.Obj>();
        wrong.add(body.with("more", Json.of(1)));
        for (var name : body.members().keySet()) {
            if (!name.equals("slot")) {
                wrong.add(body.without(name));
            }
            for (var other : List.of(Json.of(-1), Json.of("x y"), Json.of(true), Json.array(List.of()))) {
                wrong.add(body.with(name, other));
            }
        }
        wrong.forEach(
                bad -> assertThrows(DataException.class, () -> RoundStatement.read(step, bad), statement::toString));
    }

    @ParameterizedTest
    @CsvSource({
        "64, 1, 1, 1, 1024, 1",
        "64, 2, 10, 20, 1024, 1",
        "64, 1, 1024, 1024, 1024, 1",
        "64, 1, 1025, 1025, 1024, 2",
        "64, 16, 1221, 19536, 1024, 20",
        "4096, 1, 123, 123, 16, 8"
    })
    void plan_hasItsSizes(int fold, int tags, int blocks, int slots, int chunkSlots, int chunks) {
        var plan = plan(fold, tags, blocks);
        assertEquals(slots, plan.slots());
        assertEquals(chunkSlots, plan.chunkSlots());
        assertEquals(chunks, plan.chunks());
        assertEquals(32 * fold, plan.openingBytes());
        assertEquals(2 << 20, chunkSlots * plan.openingBytes());
    }

    @Test
    void slot_isColumnTimesBlocksPlusBlock() {
        assertEquals(0, PLAN.slot(new TagName("t0"), 0));
        assertEquals(9, PLAN.slot(new TagName("t0"), 9));
        assertEquals(13, PLAN.slot(new TagName("t1"), 3));
        assertThrows(DataException.class, () -> PLAN.slot(new TagName("t2"), 0));
        assertThrows(DataException.class, () -> PLAN.slot(new TagName("t0"), 10));
        assertThrows(DataException.class, () -> PLAN.slot(new TagName("t0"), -1));
    }

    /** Beyond the limits: no tags, too many, one twice, no block, too many slots, no fold. */
    @ParameterizedTest
    @CsvSource({
        "64, 0, 1",
        "64, 17, 1",
        "64, 1, 0",
        "64, 1, -1",
        "64, 1, 65537",
        "64, 16, 4097",
        "63, 1, 1",
        "1, 1, 1",
        "8192, 1, 1",
        "4096, 1, 4097"
    })
    void plan_beyondItsLimits_isRefused(int fold, int tags, int blocks) {
        assertThrows(DataException.class, () -> plan(fold, tags, blocks));
    }

    /** A vector of counts is one ciphertext, however many blocks of positions there are. */
    @Test
    void slots_ofBuckets_areOneEach() {
        var plan = SlotPlan.of(A, List.of(buckets("b0"), tag(0), buckets("b1"), tag(1)), 10, 75_000);
        assertEquals(22, plan.slots());
        assertEquals(OptionalInt.of(75_000), plan.persons());
        assertEquals(0, plan.slot(new TagName("b0"), 0));
        assertEquals(1, plan.slot(new TagName("t0"), 0));
        assertEquals(11, plan.slot(new TagName("b1"), 0));
        assertEquals(21, plan.slot(new TagName("t1"), 9));
        assertThrows(DataException.class, () -> plan.slot(new TagName("b1"), 1));
        for (int slot = 0; slot < plan.slots(); slot++) {
            SlotPlan.Place place = plan.place(slot);
            assertEquals(plan.tags().get(place.column()), place.tag());
            assertEquals(slot, plan.slot(place.tag().name(), place.block()));
        }
        assertThrows(DataException.class, () -> plan.place(-1));
        assertThrows(DataException.class, () -> plan.place(22));
        assertEquals(plan, SlotPlan.read(plan.json()));
    }

    /** Told for counts, of which no ciphertext says how many persons they are of; and for nothing else. */
    @Test
    void plan_thatTellsPersonsWhereItMustNot_isRefused() {
        var counts = List.of(buckets("b0"));
        assertThrows(DataException.class, () -> new SlotPlan(A, 64, counts, 1));
        assertThrows(DataException.class, () -> new SlotPlan(A, 64, counts, 1, OptionalInt.of(0)));
        assertThrows(DataException.class, () -> new SlotPlan(A, 64, List.of(tag(0)), 1, OptionalInt.of(100)));
        assertEquals(
                OptionalInt.empty(), SlotPlan.of(A, List.of(tag(0)), 1, 100).persons());
        var plan = SlotPlan.of(A, counts, 1, 100);
        assertThrows(DataException.class, () -> SlotPlan.read(plan.json().without("persons")));
        assertThrows(DataException.class, () -> SlotPlan.read(plan.json().with("persons", Json.of(0))));
    }

    private static TagSpec buckets(String name) {
        return TagSpec.buckets(new TagName(name), new ColumnName("income"), List.of("low", "high"));
    }

    @Test
    void plan_withATagTwice_isRefused() {
        var one = new TagSpec(new TagName("t"), new ColumnName("a"), BOUNDS, OptionalLong.empty());
        var two = new TagSpec(new TagName("t"), new ColumnName("b"), BOUNDS, OptionalLong.of(1));
        assertThrows(DataException.class, () -> new SlotPlan(A, 64, List.of(one, two), 1));
    }

    @Test
    void context_isReadableAndItsHashIsOfEveryPart() {
        var context = context(A, 3, "buyers", 7, 1);
        assertEquals("slots/3/buyers/7/platform-1/1", context.messages().value());
        var hashes = Stream.of(
                        context,
                        context(B, 3, "buyers", 7, 1),
                        context(A, 4, "buyers", 7, 1),
                        context(A, 3, "buyer", 7, 1),
                        context(A, 3, "buyers", 8, 1),
                        context(A, 3, "buyers", 7, 2))
                .map(SlotContext::hash)
                .distinct();
        assertEquals(6, hashes.count());
        assertThrows(DataException.class, () -> context(A, 3, "buyers", 0, 1));
        assertThrows(DataException.class, () -> context(A, 3, "buyers", 7, 0));
        assertThrows(DataException.class, () -> context(A, 3, "buyers", 7, SlotContext.ATTEMPTS_MAX + 1));
    }

    @Test
    void steps_areFoundByTheirTypes() {
        for (var step : RoundStep.values()) {
            assertEquals(Optional.of(step), RoundStep.of(step.type()));
        }
        assertEquals(Optional.empty(), RoundStep.of(new MessageType("ceremony.commit")));
    }

    /** A broken-off step goes on: the same roots, openings and seeds again, from master and context alone. */
    @Test
    void platform_startedAgain_isTheSame() {
        var table = new RoundTable(Holders.shamir(Schemes.SMALL, 2, 2), 2, 64, 1);
        assertArrayEquals(table.roots(), table.roots());
        try (var one = table.slots();
                var two = table.slots()) {
            assertArrayEquals(one.opening(1, A), two.opening(1, A));
            assertEquals(
                    hex(one.survivorSeed(1, A).reveal()),
                    hex(two.survivorSeed(1, A).reveal()));
            assertEquals(
                    hex(one.noiseSeed(1, B).reveal()), hex(two.noiseSeed(1, B).reveal()));
        }
    }

    /** No two seeds of a platform are equal: by slot, candidate, values, use, attempt or master. */
    @Test
    void seeds_areAllDifferent() {
        var table = new RoundTable(Holders.shamir(Schemes.SMALL, 2, 2), 2, 64, 1);
        var seeds = new ArrayList<String>();
        for (int attempt = 1; attempt <= 2; attempt++) {
            for (int master = 1; master <= 2; master++) {
                var context =
                        new SlotContext(A, new KeyEpoch(3), new DatasetId("buyers"), 7, Rosters.platform(1), attempt);
                var secret = SecretBytes.random(32, new PredictableRandom(master));
                try (var slots = new PlatformSlots(context, table.plan, table.candidates, secret)) {
                    for (int slot = 0; slot < 2; slot++) {
                        byte[] opening = slots.opening(slot, A);
                        for (int k = 0; k < 63; k++) {
                            seeds.add(HexFormat.of().formatHex(opening, 32 * k, 32 * k + 32));
                        }
                        seeds.add(hex(slots.survivorSeed(slot, A).reveal()));
                        seeds.add(hex(slots.noiseSeed(slot, A).reveal()));
                        seeds.add(hex(slots.noiseSeed(slot, B).reveal()));
                    }
                }
            }
        }
        assertEquals(4 * 2 * 66, seeds.stream().distinct().count());
    }

    /** The survivor's seed is in no opening: it is the one thing that must stay secret. */
    @Test
    void opening_neverShowsTheSurvivorsSeed() {
        var table = new RoundTable(Holders.shamir(Schemes.SMALL, 2, 2), 2, 64, 1);
        try (var slots = table.slots()) {
            for (int i = 0; i < 100; i++) {
                var coin = Hash.sha256(new byte[] {(byte) i});
                String survivor = hex(slots.survivorSeed(0, coin).reveal());
                String opening = hex(slots.opening(0, coin));
                assertEquals(-1, opening.indexOf(survivor));
            }
        }
    }

    @Test
    void closedMaster_makesNothing() {
        var table = new RoundTable(Holders.shamir(Schemes.SMALL, 2, 2), 2, 64, 1);
        var slots = table.slots();
        slots.close();
        assertThrows(IllegalStateException.class, () -> slots.root(0));
    }

    private static SlotPlan plan(int fold, int tags, int blocks) {
        return new SlotPlan(
                A, fold, IntStream.range(0, tags).mapToObj(RoundFormsTest::tag).toList(), blocks);
    }

    private static TagSpec tag(int i) {
        var atLeast = i % 2 == 0 ? OptionalLong.empty() : OptionalLong.of(5);
        return new TagSpec(new TagName("t" + i), new ColumnName("t" + i), BOUNDS, atLeast);
    }

    private static SlotContext context(Hash roster, long epoch, String dataset, int version, int attempt) {
        return new SlotContext(
                roster, new KeyEpoch(epoch), new DatasetId(dataset), version, Rosters.platform(1), attempt);
    }

    private static String hex(byte[] bytes) {
        return HexFormat.of().formatHex(bytes);
    }

    private static String json(String form) {
        return form.replace("'A'", "'" + A.hex() + "'")
                .replace("'B'", "'" + B.hex() + "'")
                .replace("'C'", "'" + C.hex() + "'")
                .replace('\'', '"');
    }
}
