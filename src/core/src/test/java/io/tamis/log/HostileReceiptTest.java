package io.tamis.log;

import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.tamis.crypto.KeyName;
import io.tamis.data.Json;
import io.tamis.data.TamisException;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.function.UnaryOperator;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Receipts made up by somebody who has seen real ones. */
class HostileReceiptTest {
    private static final List<ExportEntry> ENTRIES = Fixtures.entries(6);
    private static final MerkleTree TREE = Fixtures.tree(ENTRIES);
    private static final TlogProof GENUINE =
            new TlogProof(ENTRIES.get(2).entry(), 2, TREE.inclusion(2, 6), Fixtures.checkpoint(ENTRIES));

    @Test
    void genuineReceipt_verifies() {
        assertTrue(TlogProof.parse(GENUINE.text()).verifies(Fixtures.KEY));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "index 02",
                "index -2",
                "index +2",
                "index 2 ",
                "index  2",
                "Index 2",
                "index",
                "index 9223372036854775808"
            })
    void indexLine_ofAnotherForm_isRefused(String line) {
        assertRefused(text -> text.replace("index 2", line));
    }

    @ParameterizedTest
    @ValueSource(strings = {"c2sp.org/tlog-proof@v2", "c2sp.org/tlog-proof", " c2sp.org/tlog-proof@v1", ""})
    void firstLine_ofAnotherVersion_isRefused(String line) {
        assertRefused(text -> text.replace("c2sp.org/tlog-proof@v1", line));
    }

    /** The entry is built from this line, so it has one spelling, two members and nothing else. */
    @Test
    void extraLine_ofAnotherContent_isRefused() {
        String c = GENUINE.entry().commitment().hex();
        String id = GENUINE.entry().id().toString();
        for (String json : new String[] {
            "{}",
            "[]",
            "{\"c\":\"" + c + "\"}",
            "{\"id\":\"" + id + "\"}",
            "{\"id\":\"" + id + "\",\"c\":\"" + c + "\"}",
            "{\"c\": \"" + c + "\",\"id\":\"" + id + "\"}",
            "{\"c\":\"" + c + "\",\"id\":\"" + id + "\",\"x\":1}",
            "{\"c\":\"" + c.substring(2) + "\",\"id\":\"" + id + "\"}",
            "not json"
        }) {
            assertRefused(text -> withExtra(text, json));
        }
        assertRefused(text -> text.replace("extra ", "extra: "));
        assertRefused(text -> text.replaceFirst("extra [^\n]*\n", ""));
    }

    /** Another entry of the same log under this receipt's proof, and this entry at another's place. */
    @Test
    void receipt_ofMixedParts_doesNotVerify() {
        for (int other = 0; other < ENTRIES.size(); other++) {
            if (other == 2) {
                continue;
            }
            assertFalse(new TlogProof(ENTRIES.get(other).entry(), 2, GENUINE.path(), GENUINE.note())
                    .verifies(Fixtures.KEY));
            assertFalse(new TlogProof(GENUINE.entry(), other, TREE.inclusion(other, 6), GENUINE.note())
                    .verifies(Fixtures.KEY));
        }
    }

    /** An event that differs in one word, with the genuine salt: the commitment is another one. */
    @Test
    void receipt_forAChangedEvent_isForAnotherEntry() {
        var event = Fixtures.event(2);
        var changed = new LedgerEvent(event.body().with("tenant", Json.of("brand-b")));
        var entry = LogEntry.of(Fixtures.salt(2), changed);
        assertFalse(entry.equals(GENUINE.entry()));
        assertFalse(new TlogProof(entry, 2, GENUINE.path(), GENUINE.note()).verifies(Fixtures.KEY));
    }

    /** The log's own key on a checkpoint of a tree that the forger made. It verifies: the key is all there is to trust. */
    @Test
    void receipt_underAStolenKey_verifies() {
        var forged = Fixtures.entries(3).subList(0, 1);
        var note = new Checkpoint(Fixtures.ORIGIN, Fixtures.tree(forged).head())
                .sign(Fixtures.KEYS, KeyName.LEDGER_SIGNING);
        assertTrue(new TlogProof(forged.getFirst().entry(), 0, List.of(), note).verifies(Fixtures.KEY));
    }

    @Test
    void path_withAHashOfAnotherLength_isRefused() {
        String hash = StrictBase64.encode(GENUINE.path().getFirst().bytes());
        assertRefused(text -> text.replace(hash, StrictBase64.encode(new byte[31])));
        assertRefused(text -> text.replace(hash, StrictBase64.encode(new byte[33])));
        assertRefused(text -> text.replace(hash, hash + " "));
        assertRefused(text -> text.replace(hash, hash.substring(0, hash.length() - 1)));
    }

    @Test
    void text_withoutCheckpointOrWithTwo_isRefused() {
        assertRefused(text -> text.substring(0, text.indexOf("\n\n") + 2));
        assertRefused(text -> text + GENUINE.note().encoded());
        assertRefused(text -> text + "\n" + GENUINE.note().encoded());
        assertRefused(text -> text.replace("\n", "\r\n"));
        assertRefused(text -> "");
    }

    private static String withExtra(String text, String json) {
        String extra = StrictBase64.encode(json.getBytes(StandardCharsets.UTF_8));
        return text.replaceFirst("extra [^\n]*\n", "extra " + extra + "\n");
    }

    /** Refused while reading, or read and not verified; never accepted, never another exception. */
    private static void assertRefused(UnaryOperator<String> change) {
        String changed = change.apply(GENUINE.text());
        assertFalse(changed.equals(GENUINE.text()), "the change must change something");
        try {
            assertFalse(TlogProof.parse(changed).verifies(Fixtures.KEY), changed);
        } catch (TamisException refused) {
            assertThrows(TamisException.class, () -> TlogProof.parse(changed));
        }
    }
}
