package io.tamis.holder;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.tamis.data.Code;
import io.tamis.data.DataException;
import io.tamis.data.Json;
import io.tamis.data.PartyId;
import io.tamis.holder.Roster.Holder;
import io.tamis.holder.Roster.Platform;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.OptionalInt;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** The roster's file: one form, one hash, nothing in it that two readers could take differently. */
class RosterTest {
    private static final Roster ROSTER = Rosters.of(2, 3, "AGG-8192");

    @Test
    void parse_ofItsOwnForm_isTheRoster() {
        byte[] file = ROSTER.toJson().canonicalBytes();
        assertEquals(ROSTER, Roster.parse(file));
        assertEquals(ROSTER.hash(), Roster.parse(file).hash());
        byte[] spaced = ROSTER.toJson().canonical().replace(",", " ,\n").getBytes(UTF_8);
        assertEquals(ROSTER.hash(), Roster.parse(spaced).hash());
    }

    @Test
    void hash_ofAnyChange_isAnother() {
        var changed = List.of(
                with(3, ROSTER.holders(), ROSTER.platforms(), ROSTER.limit()),
                with(2, ROSTER.holders().subList(0, 2), ROSTER.platforms(), ROSTER.limit()),
                with(2, ROSTER.holders(), List.of(), ROSTER.limit()),
                with(2, ROSTER.holders(), ROSTER.platforms(), new OpeningLimit(1023, 40)),
                with(2, ROSTER.holders(), ROSTER.platforms(), new OpeningLimit(1024, 41)));
        changed.forEach(other -> assertNotEquals(ROSTER.hash(), other.hash()));
        assertEquals(
                changed.size(), changed.stream().map(Roster::hash).distinct().count());
    }

    @Test
    void members_areFoundByParty() {
        assertEquals(OptionalInt.of(1), ROSTER.index(Rosters.holder(1)));
        assertEquals(OptionalInt.of(3), ROSTER.index(Rosters.holder(3)));
        assertEquals(OptionalInt.empty(), ROSTER.index(Rosters.platform(1)));
        assertEquals(
                Rosters.holder(2),
                ROSTER.holder(Rosters.holder(2)).orElseThrow().party());
        assertTrue(ROSTER.holder(Rosters.platform(1)).isEmpty());
        assertTrue(ROSTER.platform(Rosters.platform(1)).isPresent());
        assertTrue(ROSTER.platform(Rosters.holder(1)).isEmpty());
        assertEquals(List.of(Rosters.holder(1), Rosters.holder(2), Rosters.holder(3)), ROSTER.holderParties());
    }

    @Test
    void control_isOfOnePartyOrOfADeclaredGroup() {
        var merchant = new PartyId("merchant-1");
        assertTrue(ROSTER.underOneControl(merchant, merchant));
        assertTrue(ROSTER.underOneControl(merchant, Rosters.platform(1)));
        assertTrue(ROSTER.underOneControl(Rosters.platform(1), merchant));
        assertFalse(ROSTER.underOneControl(merchant, Rosters.platform(2)));
        assertFalse(ROSTER.underOneControl(new PartyId("merchant-2"), Rosters.platform(1)));
    }

    @Test
    void holders_unsortedOrTwice_areRefused() {
        var reversed = new ArrayList<>(ROSTER.holders());
        Collections.reverse(reversed);
        assertInvalid(() -> with(2, reversed, List.of(), ROSTER.limit()));
        var first = ROSTER.holders().getFirst();
        assertInvalid(() -> with(2, List.of(first, first), List.of(), ROSTER.limit()));
    }

    /** A platform's signature would pass for a holder's, and one holder's for another's. */
    @Test
    void keys_usedTwice_areRefused() {
        var one = ROSTER.holders().get(0);
        var two = ROSTER.holders().get(1);
        assertInvalid(() ->
                with(2, List.of(one, new Holder(two.party(), one.key(), two.sealKey())), List.of(), ROSTER.limit()));
        assertInvalid(() ->
                with(2, List.of(one, new Holder(two.party(), two.key(), one.key())), List.of(), ROSTER.limit()));
        var platform = new Platform(Rosters.platform(1), one.key());
        assertInvalid(() -> with(2, ROSTER.holders(), List.of(platform), ROSTER.limit()));
        var server = new Platform(Rosters.platform(1), ROSTER.server());
        assertInvalid(() -> with(2, ROSTER.holders(), List.of(server), ROSTER.limit()));
    }

    /** Nothing can be sealed to a point of small order; better found in the roster than in the ceremony. */
    @Test
    void sealKey_ofSmallOrder_isRefused() {
        var one = ROSTER.holders().getFirst();
        assertInvalid(() -> new Holder(one.party(), one.key(), PartyKey.of(new byte[PartyKey.BYTES])));
    }

    @Test
    void threshold_belowTwoOrAboveTheHolders_isRefused() {
        for (int threshold : new int[] {-1, 0, 1, 4}) {
            assertInvalid(() -> with(threshold, ROSTER.holders(), List.of(), ROSTER.limit()));
        }
    }

    /** Two disjoint sets that can open would open one sum twice for one charge: neither knows of the other. */
    @Test
    void attack_thresholdThatTwoDisjointSetsReach_isRefused() {
        for (int holders = 4; holders <= 8; holders++) {
            int all = holders;
            int half = holders / 2;
            assertInvalid(() -> Rosters.of(half, all, "AGG-8192"));
            assertEquals(half + 1, Rosters.of(half + 1, all, "AGG-8192").threshold());
        }
    }

    @Test
    void holders_moreThanEight_areRefused() {
        assertEquals(8, Rosters.of(5, 8, "AGG-8192").holders().size());
        assertInvalid(() -> Rosters.of(5, 9, "AGG-8192"));
    }

    @Test
    void controls_ofOnePartyOrOverlapping_areRefused() {
        var a = new PartyId("a");
        var b = new PartyId("b");
        var c = new PartyId("c");
        assertEquals(1, controlled(List.of(List.of(a, b))).controls().size());
        assertInvalid(() -> controlled(List.of(List.of(a))));
        assertInvalid(() -> controlled(List.of(List.of(b, a))));
        assertInvalid(() -> controlled(List.of(List.of(a, b), List.of(b, c))));
    }

    /** 2^-(lambda+2) an opening, and at most 2^-32 an epoch. */
    @ParameterizedTest
    @CsvSource({
        "1024, 40, true",
        "1025, 40, false",
        "1, 30, true",
        "2, 30, false",
        "65536, 46, true",
        "65536, 45, false",
        "65536, 80, true",
        "65537, 80, false",
        "0, 40, false",
        "1, 29, false",
        "1, 81, false"
    })
    void limit_isWithinItsDistance(int openings, int lambda, boolean allowed) {
        if (allowed) {
            assertEquals(openings, new OpeningLimit(openings, lambda).openingsMax());
        } else {
            assertInvalid(() -> new OpeningLimit(openings, lambda));
        }
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "apiVersion",
                "group",
                "profile",
                "threshold",
                "holders",
                "server",
                "ledger",
                "openingsMax",
                "lambda"
            })
    void parse_withoutAMember_isRefused(String name) {
        assertInvalid(() -> Roster.fromJson(ROSTER.toJson().without(name)));
    }

    @Test
    void parse_ofOtherFiles_isRefused() {
        var json = ROSTER.toJson();
        assertInvalid(() -> Roster.fromJson(json.with("apiVersion", Json.of("tamis-roster/v2"))));
        assertInvalid(() -> Roster.fromJson(json.with("threshold", Json.of("2"))));
        assertInvalid(() -> Roster.fromJson(json.with("profile", Json.of("agg"))));
        assertInvalid(() -> Roster.fromJson(json.with("holders", Json.array(List.of()))));
        assertInvalid(() -> Roster.fromJson(json.with("controls", Json.array(List.of(Json.of("a"))))));
        assertInvalid(() -> Roster.parse("[]".getBytes(UTF_8)));
        assertCode(Code.UNKNOWN_FIELD, () -> Roster.fromJson(json.with("more", Json.of(1))));
        var server = Json.object()
                .put("key", ROSTER.server().toString())
                .put("more", 1)
                .build();
        assertCode(Code.UNKNOWN_FIELD, () -> Roster.fromJson(json.with("server", server)));
        assertCode(Code.TOO_LARGE, () -> Roster.parse(new byte[Roster.FILE_BYTES_MAX + 1]));
    }

    /** Base64 of 32 bytes has one spelling here. */
    @ParameterizedTest
    @ValueSource(
            strings = {
                "AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA",
                "AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAB=",
                "AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA==",
                "AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA",
                "AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA-=",
                " AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA="
            })
    void key_inAnotherSpelling_isRefused(String text) {
        assertInvalid(() -> PartyKey.parse(text));
    }

    private static Roster with(int threshold, List<Holder> holders, List<Platform> platforms, OpeningLimit limit) {
        return new Roster(
                ROSTER.group(),
                ROSTER.profile(),
                threshold,
                holders,
                platforms,
                ROSTER.server(),
                ROSTER.ledger(),
                List.of(),
                limit);
    }

    private static Roster controlled(List<List<PartyId>> controls) {
        return new Roster(
                ROSTER.group(),
                ROSTER.profile(),
                2,
                ROSTER.holders(),
                List.of(),
                ROSTER.server(),
                ROSTER.ledger(),
                controls,
                ROSTER.limit());
    }

    private static void assertInvalid(Runnable attempt) {
        assertCode(Code.INVALID_REQUEST, attempt);
    }

    private static void assertCode(Code code, Runnable attempt) {
        assertEquals(code, assertThrows(DataException.class, attempt::run).code());
    }
}
