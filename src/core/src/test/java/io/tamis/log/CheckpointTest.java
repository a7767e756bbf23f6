package io.tamis.log;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.tamis.crypto.KeyName;
import io.tamis.data.TamisException;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class CheckpointTest {
    private static final String ROOT = "CsUYapGGPo4dkMgIAUqom/Xajj7h2fB2MPA3j2jxq2I=";

    private final TreeHead head = Fixtures.tree(Fixtures.entries(5)).head();
    private final Checkpoint checkpoint = new Checkpoint(Fixtures.ORIGIN, head);

    /** The example of C2SP tlog-checkpoint. */
    @Test
    void parse_exampleOfTheSpecification_readsBack() {
        String text = "example.com/behind-the-sofa\n20852163\n" + ROOT + "\n";
        var parsed = Checkpoint.parse(text);
        assertEquals(new Origin("example.com/behind-the-sofa"), parsed.origin());
        assertEquals(20_852_163, parsed.head().size());
        assertEquals(text, parsed.text());
    }

    @Test
    void open_signedByTheLog_isTheCheckpoint() {
        var note = checkpoint.sign(Fixtures.KEYS, KeyName.LEDGER_SIGNING);
        assertEquals(Optional.of(checkpoint), Checkpoint.open(note, Fixtures.KEY));
    }

    @Test
    void open_everyFlippedBit_isRefused() {
        byte[] note =
                checkpoint.sign(Fixtures.KEYS, KeyName.LEDGER_SIGNING).encoded().getBytes(UTF_8);
        for (int bit = 0; bit < 8 * note.length; bit++) {
            boolean accepted;
            try {
                accepted = Checkpoint.open(SignedNote.parse(Fixtures.flipped(note, bit)), Fixtures.KEY)
                        .isPresent();
            } catch (TamisException refused) {
                accepted = false;
            }
            assertFalse(accepted, "bit " + bit);
        }
    }

    /** A key that signs two logs must not let one pass for the other. */
    @Test
    void open_ofAnotherOrigin_isRefused() {
        var foreign = new Checkpoint(new Origin("example.com/other"), head);
        var note = SignedNote.sign(foreign.text(), Fixtures.ORIGIN, Fixtures.KEYS, KeyName.LEDGER_SIGNING);
        assertTrue(note.verifiedBy(Fixtures.KEY));
        assertEquals(Optional.empty(), Checkpoint.open(note, Fixtures.KEY));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "a\n1\n",
                "a\n01\n" + ROOT + "\n",
                "a\n-1\n" + ROOT + "\n",
                "a\n+1\n" + ROOT + "\n",
                "a\n 1\n" + ROOT + "\n",
                "a\n9223372036854775808\n" + ROOT + "\n",
                "a\n0\n" + ROOT + "\n",
                "a\n1\nAAAA\n",
                "a\n1\n" + ROOT,
                "a\n1\n" + ROOT + "\nextension\n",
                "\n1\n" + ROOT + "\n",
                "a b\n1\n" + ROOT + "\n"
            })
    void parse_otherForms_areRefused(String text) {
        assertThrows(TamisException.class, () -> Checkpoint.parse(text));
    }

    @Test
    void text_ofTheEmptyLog_isTheEmptyRoot() {
        assertEquals(
                "example.com/tamis/2026\n0\n47DEQpj8HBSa+/TImW+5JCeuQeRkm5NMpJWZG3hSuFU=\n",
                new Checkpoint(Fixtures.ORIGIN, TreeHead.EMPTY).text());
    }
}
