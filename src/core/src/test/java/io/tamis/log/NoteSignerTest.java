package io.tamis.log;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.tamis.crypto.KeyName;
import io.tamis.crypto.MemoryKeys;
import io.tamis.crypto.MlDsa44;
import java.nio.ByteBuffer;
import java.time.Instant;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** Each kind of signature under a note, alone and beside the others. */
class NoteSignerTest {
    private static final Instant AT = Instant.parse("2026-11-24T05:00:00.9Z");
    private static final Origin WITNESS = new Origin("witness.example/w1");
    private static final Checkpoint CHECKPOINT =
            new Checkpoint(Fixtures.ORIGIN, new TreeHead(3, TreeHash.leaf(new byte[] {3})));

    static NoteSigner signer(NoteKeyType type) {
        return signer(type, Fixtures.KEYS);
    }

    private static NoteSigner signer(NoteKeyType type, MemoryKeys keys) {
        return switch (type) {
            case ED25519 -> new NoteSigner(Fixtures.ORIGIN, type, keys, KeyName.LEDGER_SIGNING);
            case COSIGNATURE -> new NoteSigner(WITNESS, type, keys, KeyName.WITNESS_SIGNING);
            case ML_DSA_44 -> new NoteSigner(Fixtures.ORIGIN, type, keys, KeyName.LEDGER_SIGNING_PQ);
            case SM2 -> new NoteSigner(Fixtures.ORIGIN, type, keys, KeyName.LEDGER_SIGNING_SM2);
        };
    }

    private static SignedNote note(NoteKeyType... types) {
        return CHECKPOINT.sign(Arrays.stream(types).map(NoteSignerTest::signer).toList(), AT);
    }

    private static SignedNote reread(SignedNote note) {
        return SignedNote.parse(note.encoded().getBytes(UTF_8));
    }

    @ParameterizedTest
    @EnumSource(NoteKeyType.class)
    void verifierKey_ofEachKind_readsBackFromItsLine(NoteKeyType type) {
        var key = signer(type).verifierKey();
        var again = VerifierKey.parse(key.toString());
        assertEquals(key, again);
        assertEquals(key.hashCode(), again.hashCode());
        assertEquals(type, again.type());
        byte[] identifier = type.identifier();
        byte[] typed = StrictBase64.decode(key.toString().split("\\+", 3)[2]);
        assertEquals(identifier.length + type.publicKeyBytes(), typed.length);
        assertTrue(Arrays.equals(identifier, Arrays.copyOf(typed, identifier.length)));
    }

    @ParameterizedTest
    @EnumSource(NoteKeyType.class)
    void sign_byEachKind_isVerifiedByItsKeyOnly(NoteKeyType type) {
        var note = reread(note(type));
        for (NoteKeyType other : NoteKeyType.values()) {
            assertEquals(other == type, note.verifiedBy(signer(other).verifierKey()));
            assertFalse(note.verifiedBy(signer(other, new MemoryKeys(2)).verifierKey()));
        }
    }

    @ParameterizedTest
    @EnumSource(NoteKeyType.class)
    void signedAt_ofEachKind_isTheTimeWhereThereIsOne(NoteKeyType type) {
        var at = reread(note(type)).signedAt(signer(type).verifierKey());
        assertEquals(type.timed() ? Optional.of(Instant.parse("2026-11-24T05:00:00Z")) : Optional.empty(), at);
    }

    /** The time is signed: one that is changed in the line is refused. */
    @ParameterizedTest
    @EnumSource(
            value = NoteKeyType.class,
            names = {"COSIGNATURE", "ML_DSA_44"})
    void verifiedBy_withAnotherTime_isRefused(NoteKeyType type) {
        var signature = note(type).signatures().getFirst();
        for (long time : new long[] {0, AT.getEpochSecond() + 1, AT.getEpochSecond() - 1, Long.MAX_VALUE, -1}) {
            byte[] line = StrictBase64.decode(signature.base64());
            ByteBuffer.wrap(line).putLong(4, time);
            var changed = new SignedNote(
                    CHECKPOINT.text(), List.of(new SignedNote.Signature(signature.name(), StrictBase64.encode(line))));
            assertFalse(changed.verifiedBy(signer(type).verifierKey()));
            assertTrue(changed.signedAt(signer(type).verifierKey()).isEmpty());
        }
    }

    @Test
    void sign_byAllKinds_isVerifiedByEachWhateverTheOthersAre() {
        var note = reread(note(NoteKeyType.values()));
        assertEquals(4, note.signatures().size());
        for (NoteKeyType type : NoteKeyType.values()) {
            assertTrue(note.verifiedBy(signer(type).verifierKey()));
        }
        assertTrue(note.encoded().length() < SignedNote.BYTES_MAX / 8);
    }

    /** Who knows one key needs no other; who knows two asks for both. */
    @Test
    void open_withSeveralKeys_needsEachOfThem() {
        var ed = signer(NoteKeyType.ED25519).verifierKey();
        var quantum = signer(NoteKeyType.ML_DSA_44).verifierKey();
        var both = note(NoteKeyType.ED25519, NoteKeyType.ML_DSA_44);
        assertEquals(Optional.of(CHECKPOINT), Checkpoint.open(both, ed));
        assertEquals(Optional.of(CHECKPOINT), Checkpoint.open(both, quantum));
        assertEquals(Optional.of(CHECKPOINT), Checkpoint.open(both, List.of(ed, quantum)));
        assertEquals(Optional.empty(), Checkpoint.open(note(NoteKeyType.ED25519), List.of(ed, quantum)));
        assertEquals(Optional.empty(), Checkpoint.open(note(NoteKeyType.ML_DSA_44), List.of(ed, quantum)));
        assertEquals(Optional.empty(), Checkpoint.open(both, List.of()));
    }

    /** A witness says it saw the checkpoint; that the log said it only the log can say. */
    @Test
    void open_withTheKeyOfAWitness_isEmpty() {
        var witness = signer(NoteKeyType.COSIGNATURE).verifierKey();
        var ed = signer(NoteKeyType.ED25519).verifierKey();
        var note = note(NoteKeyType.COSIGNATURE, NoteKeyType.ED25519);
        assertEquals(Optional.empty(), Checkpoint.open(note, witness));
        assertEquals(Optional.empty(), Checkpoint.open(note, List.of(ed, witness)));
    }

    /** ML-DSA-44 signs the name with the rest: another signer's line under our name is not ours, nor the other way round. */
    @Test
    void verifiedBy_mlDsaLineUnderAnotherName_isRefused() {
        var ours = signer(NoteKeyType.ML_DSA_44);
        var theirs = new NoteSigner(WITNESS, NoteKeyType.ML_DSA_44, Fixtures.KEYS, KeyName.LEDGER_SIGNING_PQ);
        byte[] line = StrictBase64.decode(theirs.sign(CHECKPOINT.text(), AT).base64());
        System.arraycopy(ours.verifierKey().keyId(), 0, line, 0, 4);
        var forged = new SignedNote(
                CHECKPOINT.text(),
                List.of(new SignedNote.Signature(Fixtures.ORIGIN.value(), StrictBase64.encode(line))));
        assertFalse(forged.verifiedBy(ours.verifierKey()));
    }

    /** An Ed25519 key that is used for both kinds: the line of one kind is not one of the other. */
    @Test
    void verifiedBy_lineOfAnotherKindOfTheSameKey_isRefused() {
        var keys = MemoryKeys.signingWith(new byte[32]);
        var plain = new NoteSigner(WITNESS, NoteKeyType.ED25519, keys, KeyName.WITNESS_SIGNING);
        var timed = new NoteSigner(WITNESS, NoteKeyType.COSIGNATURE, keys, KeyName.WITNESS_SIGNING);
        var byTime = CHECKPOINT.sign(List.of(timed), AT);
        assertFalse(byTime.verifiedBy(plain.verifierKey()));
        byte[] line = StrictBase64.decode(byTime.signatures().getFirst().base64());
        byte[] bare = new byte[4 + 64];
        System.arraycopy(plain.verifierKey().keyId(), 0, bare, 0, 4);
        System.arraycopy(line, 12, bare, 4, 64);
        var cut = new SignedNote(
                CHECKPOINT.text(), List.of(new SignedNote.Signature(WITNESS.value(), StrictBase64.encode(bare))));
        assertFalse(cut.verifiedBy(plain.verifierKey()));
    }

    /** {@code cosigned_message} of C2SP tlog-cosignature, spelled out once more. */
    @Test
    void sign_byMlDsa_isOverTheStructureOfTheSpecification() {
        String origin = Fixtures.ORIGIN.value();
        String hex = "737562747265652f76310a00"
                + String.format(Locale.ROOT, "%02x", origin.length())
                + HexFormat.of().formatHex(origin.getBytes(UTF_8))
                + String.format(Locale.ROOT, "%016x", AT.getEpochSecond())
                + String.format(Locale.ROOT, "%02x", origin.length())
                + HexFormat.of().formatHex(origin.getBytes(UTF_8))
                + "0000000000000000"
                + "0000000000000003"
                + CHECKPOINT.head().root().hex();
        byte[] line = StrictBase64.decode(
                signer(NoteKeyType.ML_DSA_44).sign(CHECKPOINT.text(), AT).base64());
        assertEquals(4 + 8 + 2_420, line.length);
        assertTrue(MlDsa44.verify(
                Fixtures.KEYS.publicKey(KeyName.LEDGER_SIGNING_PQ),
                HexFormat.of().parseHex(hex),
                Arrays.copyOfRange(line, 12, line.length)));
    }

    /** It signs what a checkpoint says, not its bytes: a text that says more, or nothing of the kind, it does not sign. */
    @Test
    void sign_ofNoCheckpoint_isRefusedByMlDsaAndVerifiesNothing() {
        var quantum = signer(NoteKeyType.ML_DSA_44);
        String extended = CHECKPOINT.text() + "extension\n";
        assertThrows(LogException.class, () -> quantum.sign("text\n", AT));
        assertThrows(LogException.class, () -> quantum.sign(extended, AT));
        var signatures = note(NoteKeyType.ML_DSA_44).signatures();
        assertFalse(new SignedNote(extended, signatures).verifiedBy(quantum.verifierKey()));
        assertFalse(new SignedNote("text\n", signatures).verifiedBy(quantum.verifierKey()));
    }

    @Test
    void sign_beforeTime_isRefused() {
        assertThrows(
                LogException.class,
                () -> signer(NoteKeyType.COSIGNATURE).sign(CHECKPOINT.text(), Instant.ofEpochSecond(-1)));
        var zero = CHECKPOINT.sign(List.of(signer(NoteKeyType.COSIGNATURE)), Instant.EPOCH);
        assertEquals(
                Optional.of(Instant.EPOCH),
                zero.signedAt(signer(NoteKeyType.COSIGNATURE).verifierKey()));
    }

    /** Every bit of every kind's note, ML-DSA's three thousand bytes too. */
    @ParameterizedTest
    @EnumSource(NoteKeyType.class)
    void parse_everyFlippedBit_isRefusedOrNotVerified(NoteKeyType type) {
        var key = signer(type).verifierKey();
        byte[] bytes = note(type).encoded().getBytes(UTF_8);
        for (int bit = 0; bit < 8 * bytes.length; bit++) {
            assertFalse(accepted(Fixtures.flipped(bytes, bit), key), "bit " + bit);
        }
        assertTrue(accepted(bytes, key));
    }

    private static boolean accepted(byte[] note, VerifierKey key) {
        try {
            return SignedNote.parse(note).verifiedBy(key);
        } catch (LogException refused) {
            return false;
        }
    }

    @ParameterizedTest
    @EnumSource(NoteKeyType.class)
    void verifiedBy_valueOfAnotherLength_isRefused(NoteKeyType type) {
        var signature = note(type).signatures().getFirst();
        byte[] line = StrictBase64.decode(signature.base64());
        for (int length : new int[] {5, 11, 12, 13, line.length - 1, line.length + 1}) {
            var other = new SignedNote.Signature(signature.name(), StrictBase64.encode(Arrays.copyOf(line, length)));
            assertFalse(new SignedNote(CHECKPOINT.text(), List.of(other))
                    .verifiedBy(signer(type).verifierKey()));
        }
    }

    @Test
    void with_furtherLines_addsThemOnceBelowItsOwn() {
        var note = note(NoteKeyType.ED25519);
        var cosignature = signer(NoteKeyType.COSIGNATURE).sign(note.text(), AT);
        var both = note.with(List.of(cosignature)).with(List.of(cosignature));
        assertEquals(2, both.signatures().size());
        assertEquals(note.encoded() + cosignature.line(), both.encoded());
        assertEquals(both, reread(both));
        assertEquals(note, note.with(List.of()));
    }

    @Test
    void signedAt_ofTwoLinesOfOneKey_isTheLater() {
        var signer = signer(NoteKeyType.COSIGNATURE);
        var later = signer.sign(CHECKPOINT.text(), AT.plusSeconds(7));
        var note = CHECKPOINT.sign(List.of(signer), AT);
        assertEquals(
                Optional.of(Instant.parse("2026-11-24T05:00:07Z")),
                note.with(List.of(later)).signedAt(signer.verifierKey()));
        var wrong = signer.sign("another text\n", AT);
        assertEquals(Optional.empty(), note.with(List.of(wrong)).signedAt(signer.verifierKey()));
    }

    @Test
    void signatures_ofLinesAlone_readBack() {
        var lines = note(NoteKeyType.values()).signatures();
        String text =
                String.join("", lines.stream().map(SignedNote.Signature::line).toList());
        assertEquals(lines, SignedNote.signatures(text));
        for (String bad : new String[] {"", "\n", text + "\n", text.strip(), "\n" + text, "old 3\n" + text}) {
            assertThrows(LogException.class, () -> SignedNote.signatures(bad));
        }
        String many = lines.getFirst().line().repeat(SignedNote.SIGNATURES_MAX + 1);
        assertThrows(LogException.class, () -> SignedNote.signatures(many));
        assertThrows(LogException.class, () -> SignedNote.signatures("a".repeat(SignedNote.BYTES_MAX) + "\n"));
    }

    @Test
    void verifierKey_ofAnotherLengthOrNoPoint_isRefused() {
        for (NoteKeyType type : NoteKeyType.values()) {
            for (int length : new int[] {0, type.publicKeyBytes() - 1, type.publicKeyBytes() + 1}) {
                assertThrows(LogException.class, () -> new VerifierKey(WITNESS, type, new byte[length]));
            }
        }
        assertThrows(LogException.class, () -> new VerifierKey(WITNESS, NoteKeyType.SM2, new byte[65]));
    }
}
