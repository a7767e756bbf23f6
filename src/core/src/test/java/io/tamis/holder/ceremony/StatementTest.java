package io.tamis.holder.ceremony;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.tamis.data.DataException;
import io.tamis.data.Hash;
import io.tamis.data.Json;
import io.tamis.data.JsonFields;
import io.tamis.data.TamisException;
import io.tamis.he.HeException;
import io.tamis.he.threshold.ActiveSet;
import io.tamis.he.threshold.HolderIndex;
import io.tamis.holder.MessageType;
import io.tamis.holder.Rosters;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;

/** Bodies of a ceremony's messages: literal forms, there and back, and what is not one. */
class StatementTest {
    private static final Hash A = Hash.sha256(new byte[] {1});
    private static final Hash B = Hash.sha256(new byte[] {2});
    private static final Hash SEEN = Hash.sha256();

    static Stream<Arguments> forms() {
        var one = Rosters.holder(1);
        var set = ActiveSet.of(1, 3);
        return Stream.of(
                Arguments.of(Stage.COMMIT, new Statement.Commit(A), "{'commitment':'A','seen':'S'}"),
                Arguments.of(Stage.REVEAL, new Statement.Reveal(A), "{'nonce':'A','seen':'S'}"),
                Arguments.of(Stage.CANDIDATES, new Statement.Candidates(A, B), "{'coin':'B','root':'A','seen':'S'}"),
                Arguments.of(Stage.COINS, new Statement.Coin(A), "{'coin':'A','seen':'S'}"),
                Arguments.of(Stage.OPENINGS, new Statement.Opening(A, B), "{'key':'B','seeds':'A','seen':'S'}"),
                Arguments.of(Stage.VERDICTS, new Statement.Verdict(Optional.empty()), "{'seen':'S'}"),
                Arguments.of(
                        Stage.VERDICTS, new Statement.Verdict(Optional.of(one)), "{'accused':'holder-1','seen':'S'}"),
                Arguments.of(
                        Stage.SHARES,
                        new Statement.Shares(List.of(new Statement.Sealed(one, A))),
                        "{'sealed':[{'blob':'A','to':'holder-1'}],'seen':'S'}"),
                Arguments.of(
                        Stage.SUBSETS,
                        new Statement.Partials(List.of(new Statement.Partial(set, A))),
                        "{'partials':[{'blob':'A','set':[1,3]}],'seen':'S'}"),
                Arguments.of(
                        Stage.SUBSETS,
                        new Statement.Unreadable(List.of(one)),
                        "{'seen':'S','unreadable':['holder-1']}"),
                Arguments.of(Stage.DONE, new Statement.Done(A), "{'key':'A','seen':'S'}"),
                Arguments.of(Stage.DONE, new Statement.Disclosed(A), "{'secret':'A','seen':'S'}"));
    }

    @ParameterizedTest
    @MethodSource("forms")
    void body_ofEachStatement_isItsLiteralFormThereAndBack(Stage stage, Statement statement, String form) {
        String literal = json(form);
        assertEquals(literal, statement.body(SEEN).canonical());
        assertEquals(statement, read(stage, literal));
    }

    @ParameterizedTest
    @MethodSource("forms")
    void read_withoutAnyMember_isRefused(Stage stage, Statement statement, String form) {
        var body = (Json.Obj) Json.parse(json(form));
        for (var name : body.members().keySet()) {
            boolean optional = name.equals("accused");
            if (!optional) {
                assertThrows(
                        DataException.class,
                        () -> read(stage, body.without(name).canonical()),
                        statement::toString);
            }
        }
    }

    @ParameterizedTest
    @MethodSource("forms")
    void read_withOneMore_isRefused(Stage stage, Statement statement, String form) {
        var body = ((Json.Obj) Json.parse(json(form))).with("more", Json.of(1));
        assertThrows(DataException.class, () -> read(stage, body.canonical()), statement::toString);
    }

    @ParameterizedTest
    @MethodSource("forms")
    void read_withMembersOfOtherTypes_isRefused(Stage stage, Statement statement, String form) {
        var body = (Json.Obj) Json.parse(json(form));
        for (var name : body.members().keySet()) {
            for (var other : List.of(Json.of(1), Json.of("x y"), Json.of(true), Json.array(List.of()))) {
                var changed = body.with(name, other);
                assertThrows(DataException.class, () -> read(stage, changed.canonical()), statement::toString);
            }
        }
    }

    /** What only a set of holders' numbers can be wrong in. */
    @ParameterizedTest
    @CsvSource(
            delimiter = ';',
            value = {"[]", "[0]", "[9]", "[1,1]", "['1']", "[-1]", "[1,2,3,4,5,6,7,8,9]", "{}"})
    void read_ofNoSetOfHolders_isRefused(String set) {
        String body = json("{'partials':[{'blob':'A','set':" + set.replace("''", "'") + "}],'seen':'S'}");
        var refused = assertThrows(TamisException.class, () -> read(Stage.SUBSETS, body));
        assertTrue(refused instanceof DataException || refused instanceof HeException);
    }

    @Test
    void read_ofMorePartialsThanSubsets_isRefused() {
        var partial = "{'blob':'A','set':[1,3]}";
        String body = json("{'partials':[" + (partial + ",").repeat(Subsets.COUNT_MAX) + partial + "],'seen':'S'}");
        assertThrows(DataException.class, () -> read(Stage.SUBSETS, body));
    }

    @Test
    void stages_areFoundByTheirTypes() {
        for (var stage : Stage.values()) {
            assertEquals(Optional.of(stage), Stage.of(stage.type()));
        }
        assertEquals(Optional.empty(), Stage.of(new MessageType("slots.plan")));
    }

    /** All subsets of the threshold's size, none twice, in the order of their bits. */
    @ParameterizedTest
    @CsvSource({"2,2,1", "3,2,3", "5,3,10", "8,4,70", "8,8,1", "8,2,28"})
    void subsets_areAllOfTheirSize(int holders, int threshold, int count) {
        var sets = Subsets.of(holders, threshold);
        assertEquals(count, sets.size());
        assertEquals(count, sets.stream().distinct().count());
        assertTrue(sets.stream().allMatch(set -> set.size() == threshold));
        int memberships = 0;
        for (int i = 1; i <= holders; i++) {
            memberships += Subsets.with(new HolderIndex(i), holders, threshold).size();
        }
        assertEquals(count * threshold, memberships);
        assertTrue(count <= Subsets.COUNT_MAX);
    }

    private static Statement read(Stage stage, String body) {
        var fields = new JsonFields(Json.parse(body));
        Hash.parse(fields.string("seen", 64));
        var statement = Statement.read(stage, fields);
        fields.end();
        return statement;
    }

    private static String json(String form) {
        return form.replace("'A'", "'" + A.hex() + "'")
                .replace("'B'", "'" + B.hex() + "'")
                .replace("'S'", "'" + SEEN.hex() + "'")
                .replace('\'', '"');
    }
}
