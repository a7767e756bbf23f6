package io.tamis.cli.tags;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.tamis.cli.client.JsonView;
import io.tamis.crypto.BcfksKeyProvider;
import io.tamis.data.Json;
import java.nio.file.Path;
import java.util.Optional;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What a platform is told, and what to type next. */
class TagStandingTest {
    @TempDir
    Path temp;

    private TagState state;

    @BeforeEach
    void begin() {
        BcfksKeyProvider keys = States.keys(temp.resolve("keys"));
        state = States.begun(keys, 1);
    }

    @Test
    void none_beforeTheFirstCommit_saysHowToBegin() {
        TagStanding none = TagStanding.none(TagService.TARGET);
        assertEquals("shop-users version 1: no round in this folder; begin with tags commit", none.line());
        assertEquals(
                "{\"complete\":false,\"dataset\":\"shop-users\",\"state\":\"NONE\",\"version\":1}",
                none.json().canonical());
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "COINS | waits for holders in step COINS: k-2, k-3",
                "REVEALS | waits for holders in step REVEALS: k-2, k-3",
                "OPENING | the coins are tossed: run tags open",
                "VERDICTS | waits for holders in step VERDICTS: k-2, k-3",
                "FAILED | failed the holders' audit",
                "VOID | void, as holders fell silent: run tags commit again"
            })
    void line_ofEachState_saysWhomItWaitsForOrWhatToType(String shown, String told) {
        TagStanding standing = TagStanding.of(state, round(shown), 0, 0);
        assertEquals("shop-users version 1: tags friends in 2 slots, " + told, standing.line());
        assertFalse(standing.isComplete());
    }

    @Test
    void line_ofAPassedRound_countsWhatIsEncryptedAndUploaded() {
        assertTrue(TagStanding.of(state, round("PASSED"), 0, 0)
                .line()
                .endsWith("passed by the holders; 0 encrypted here, 0 uploaded: run tags encrypt"));
        assertTrue(TagStanding.of(state, round("PASSED"), 2, 1)
                .line()
                .endsWith("passed by the holders; 2 encrypted here, 1 uploaded: run tags upload"));
    }

    /** All is there, but the secret is not gone yet: the run was broken off between the last answer and the erasure. */
    @Test
    void line_whenAllIsUploaded_saysWhetherTheMasterIsErased() {
        TagStanding before = TagStanding.of(state, round("PASSED"), 2, 2);
        assertTrue(before.isComplete());
        assertTrue(
                before.line().endsWith("all uploaded; the master is not erased yet (run tags upload)"), before.line());
        TagStanding after = TagStanding.of(state.erased(), round("PASSED"), 0, 2);
        assertTrue(after.line().endsWith("all uploaded; the master is erased"), after.line());
        assertTrue(after.json().canonical().contains("\"masterErased\":true"));
    }

    /** As many uploads as slots are nothing while the round has not passed: the service alone says so. */
    @Test
    void complete_isOnlyAPassedRound() {
        assertFalse(TagStanding.of(state, round("VERDICTS"), 2, 2).isComplete());
        assertFalse(TagStanding.of(state, round("PASSED"), 2, 1).isComplete());
    }

    @Test
    void plan_notOnTheBoard_saysToCommitAgain() {
        TagStanding standing = TagStanding.of(state, Optional.empty(), 0, 0);
        assertEquals("NONE", standing.state());
        assertTrue(standing.line().endsWith("the plan is not sent yet (run tags commit again)"), standing.line());
    }

    private static Optional<JsonView> round(String state) {
        return Optional.of(JsonView.of(Json.parse("{\"state\":\"" + state + "\",\"missing\":[\"k-2\",\"k-3\"]}")));
    }
}
