package io.tamis.log;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.tamis.crypto.KeyName;
import io.tamis.crypto.MemoryKeys;
import io.tamis.crypto.SecretBytes;
import io.tamis.data.Hash;
import io.tamis.data.Json;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.KeyFactory;
import java.security.spec.X509EncodedKeySpec;
import java.time.Instant;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/** Holds {@code ledger/format.md}: each fenced block {@code ```text vector=NAME} is what this code computes, to the byte. */
class FormatVectorsTest {
    private static final HexFormat HEX = HexFormat.of();
    private static final Pattern BLOCK = Pattern.compile("```text vector=([a-z-]+)\\n(.*?\\n)```", Pattern.DOTALL);

    /** RFC 8032 section 7.1, test 1: a private key everybody knows. */
    private static final MemoryKeys KEYS =
            MemoryKeys.signingWith(HEX.parseHex("9d61b19deffd5a60ba844af492ec2cc44449c5697b326919703bac031cae7f60"));

    private static final Instant AT = Instant.parse("2026-11-24T05:00:00Z");

    /** SubjectPublicKeyInfo up to the key: RFC 9881, RFC 8410. */
    private static final String ML_DSA_PREFIX = "30820532300b06096086480165030403110382052100";

    private static final String ED25519_PREFIX = "302a300506032b6570032100";

    private static final Origin ORIGIN = new Origin("example.com/tamis/2026");
    private static final Salt SALT = Salt.parse("000102030405060708090a0b0c0d0e0f101112131415161718191a1b1c1d1e1f");

    private static final List<String> PUBLISHED_ENTRIES =
            List.of("", "00", "10", "2021", "3031", "40414243", "5051525354555657", "606162636465666768696a6b6c6d6e6f");

    private static final Map<String, String> VECTORS = new TreeMap<>();

    @BeforeAll
    static void readBlocks() throws IOException {
        var blocks = BLOCK.matcher(Files.readString(Path.of("../../ledger/format.md")));
        while (blocks.find()) {
            VECTORS.put(blocks.group(1), blocks.group(2));
        }
    }

    @Test
    void format_vectors_areAllHeldHere() {
        assertEquals(
                List.of(
                        "canonical-event",
                        "checkpoint",
                        "checkpoint-all-keys",
                        "commitment",
                        "consistency",
                        "disclosure",
                        "entry",
                        "entry-bundle",
                        "export-line",
                        "export-manifest",
                        "inclusion",
                        "leaf",
                        "root",
                        "sealed",
                        "signed-by-ml-dsa",
                        "signed-by-witness",
                        "tile",
                        "tile-paths",
                        "tlog-proof",
                        "verifier-key",
                        "verifier-key-ml-dsa",
                        "verifier-key-sm",
                        "verifier-key-witness"),
                List.copyOf(VECTORS.keySet()));
    }

    @Test
    void format_entry_isByteExact() {
        var event = event();
        var entry = LogEntry.of(SALT, event);
        assertVector("canonical-event", new String(event.canonicalBytes(), UTF_8));
        assertVector("commitment", entry.commitment().hex());
        assertVector("entry", HEX.formatHex(entry.bytes()));
        assertVector("leaf", entry.leaf().hex());
    }

    /** The export's line and the receipt, in one object. */
    @Test
    void format_disclosure_isByteExact() {
        var line = (Json.Obj) Json.parse(VECTORS.get("export-line").strip());
        assertVector(
                "disclosure",
                line.with("proof", Json.of(VECTORS.get("tlog-proof"))).canonical());
    }

    @Test
    void format_sealed_isByteExact() {
        byte[] key = new byte[32];
        Arrays.fill(key, (byte) 0x42);
        byte[] sealed = new EntrySealing(ORIGIN)
                .seal(SecretBytes.copyOf(key), new EntrySealing.Opened(SALT, event()), bytes -> {
                    for (int i = 0; i < bytes.length; i++) {
                        bytes[i] = (byte) i;
                    }
                });
        assertVector("sealed", HEX.formatHex(sealed));
    }

    @Test
    void format_tree_isByteExact() {
        var tree = new MerkleTree();
        PUBLISHED_ENTRIES.forEach(entry -> tree.append(TreeHash.leaf(HEX.parseHex(entry))));
        assertVector("root", tree.head().root().hex());
        assertVector("inclusion", lines(tree.inclusion(5, 8)));
        assertVector("consistency", lines(tree.consistency(3, 7)));
    }

    @Test
    void format_noteAndReceipt_areByteExact() {
        var key = new VerifierKey(ORIGIN, KEYS.publicKey(KeyName.LEDGER_SIGNING));
        assertVector("verifier-key", key.toString());
        assertVector("checkpoint", stripped(note().encoded()));
        var proof = new TlogProof(LogEntry.of(SALT, event()), 2, tree().inclusion(2, 3), note());
        assertVector("tlog-proof", stripped(proof.text()));
        assertTrue(TlogProof.parse(VECTORS.get("tlog-proof"))
                .verifies(VerifierKey.parse(stripped(VECTORS.get("verifier-key")))));
    }

    @Test
    void format_tiles_areByteExact() {
        assertVector(
                "tile-paths",
                Stream.of(
                                new TilePath.Hashes(new TileId(0, 0), 3),
                                new TilePath.Hashes(new TileId(0, 1_234_067), 256),
                                new TilePath.Hashes(new TileId(2, 0), 1),
                                new TilePath.Entries(new TileId(0, 1_000), 256))
                        .map(TilePath::text)
                        .collect(Collectors.joining("\n")));
        var tree = new TiledTree(tile -> Optional.empty());
        tree.adopt(tree.stage(leaves()));
        assertEquals(tree().head(), tree.head());
        var tile = tree.tile(new TilePath.Hashes(new TileId(0, 0), 3), 3).orElseThrow();
        assertVector("tile", HEX.formatHex(tile));
        var bundle = new EntryBundle(List.of(LogEntry.of(SALT, event())));
        assertVector("entry-bundle", HEX.formatHex(bundle.bytes()));
        assertEquals(bundle, EntryBundle.parse(HEX.parseHex(stripped(VECTORS.get("entry-bundle")))));
    }

    @Test
    void format_keysAndTheirLines_areByteExact() {
        var signers = signers();
        assertVector("verifier-key", signers.get(0).verifierKey().toString());
        assertVector("verifier-key-ml-dsa", signers.get(1).verifierKey().toString());
        assertVector("verifier-key-sm", signers.get(2).verifierKey().toString());
        assertVector("verifier-key-witness", signers.get(3).verifierKey().toString());
        String text = new Checkpoint(ORIGIN, tree().head()).text();
        assertVector(
                "signed-by-ml-dsa",
                HEX.formatHex(
                        SignedBytes.of(signers.get(1).verifierKey(), AT, text).orElseThrow()));
        assertVector(
                "signed-by-witness",
                stripped(new String(
                        SignedBytes.of(signers.get(3).verifierKey(), AT, text).orElseThrow(), UTF_8)));
        var note = new Checkpoint(ORIGIN, tree().head()).sign(signers, AT);
        assertVector("checkpoint-all-keys", stripped(note.encoded()));
        var read = SignedNote.parse(VECTORS.get("checkpoint-all-keys").getBytes(UTF_8));
        for (String key : List.of("verifier-key", "verifier-key-ml-dsa", "verifier-key-sm", "verifier-key-witness")) {
            assertTrue(read.verifiedBy(VerifierKey.parse(stripped(VECTORS.get(key)))), key);
        }
    }

    /** The second opinion of the JDK on the two lines whose signed bytes are not the note's text. */
    @Test
    void format_lines_areVerifiedByTheJdkOverTheSignedBytes() throws Exception {
        var lines = SignedNote.parse(VECTORS.get("checkpoint-all-keys").getBytes(UTF_8))
                .signatures();
        byte[] quantum = HEX.parseHex(stripped(VECTORS.get("signed-by-ml-dsa")));
        assertTrue(jdkVerifies("ML-DSA-44", "verifier-key-ml-dsa", ML_DSA_PREFIX, quantum, lines.get(1)));
        byte[] witness = VECTORS.get("signed-by-witness").getBytes(UTF_8);
        assertTrue(jdkVerifies("Ed25519", "verifier-key-witness", ED25519_PREFIX, witness, lines.get(3)));
    }

    private static boolean jdkVerifies(
            String algorithm, String key, String prefix, byte[] message, SignedNote.Signature line) throws Exception {
        byte[] typed = StrictBase64.decode(stripped(VECTORS.get(key)).split("\\+", 3)[2]);
        byte[] encoded = HEX.parseHex(prefix + HEX.formatHex(typed, 1, typed.length));
        var verifier = java.security.Signature.getInstance(algorithm);
        verifier.initVerify(KeyFactory.getInstance(algorithm).generatePublic(new X509EncodedKeySpec(encoded)));
        verifier.update(message);
        byte[] value = StrictBase64.decode(line.base64());
        return verifier.verify(Arrays.copyOfRange(value, 4 + 8, value.length));
    }

    private static List<NoteSigner> signers() {
        return List.of(
                new NoteSigner(ORIGIN, NoteKeyType.ED25519, KEYS, KeyName.LEDGER_SIGNING),
                new NoteSigner(ORIGIN, NoteKeyType.ML_DSA_44, KEYS, KeyName.LEDGER_SIGNING_PQ),
                new NoteSigner(ORIGIN, NoteKeyType.SM2, KEYS, KeyName.LEDGER_SIGNING_SM2),
                new NoteSigner(
                        new Origin("witness.example/w1"), NoteKeyType.COSIGNATURE, KEYS, KeyName.WITNESS_SIGNING));
    }

    @Test
    void format_export_isByteExact() {
        var line = new ExportEntry.Present(2, SALT, event()).line();
        assertVector("export-line", new String(line, UTF_8));
        var manifest = new ExportManifest(
                Map.of("checkpoint", Hash.sha256(note().encoded().getBytes(UTF_8)), "entries.jsonl", Hash.sha256()));
        assertVector("export-manifest", stripped(new String(manifest.bytes(), UTF_8)));
    }

    private static LedgerEvent event() {
        return LedgerEvent.parse(("{\"actor\":{\"department\":\"marketing\",\"id\":\"u1\",\"role\":\"merchant\"},"
                        + "\"at\":\"2026-11-24T05:00:00.000Z\",\"id\":\"0190163d-8694-739b-aea5-966c26f8ad90\","
                        + "\"job\":\"job_0190163d-8694-739b-aea5-966c26f8ad91\",\"tenant\":\"brand-a\","
                        + "\"type\":\"job.submitted\",\"v\":1}")
                .getBytes(UTF_8));
    }

    /** The first two published entries, then ours. */
    private static MerkleTree tree() {
        var tree = new MerkleTree();
        leaves().forEach(tree::append);
        return tree;
    }

    private static List<Hash> leaves() {
        return List.of(
                TreeHash.leaf(HEX.parseHex(PUBLISHED_ENTRIES.get(0))),
                TreeHash.leaf(HEX.parseHex(PUBLISHED_ENTRIES.get(1))),
                LogEntry.of(SALT, event()).leaf());
    }

    private static SignedNote note() {
        return new Checkpoint(ORIGIN, tree().head()).sign(KEYS, KeyName.LEDGER_SIGNING);
    }

    private static String lines(List<Hash> hashes) {
        return String.join("\n", hashes.stream().map(Hash::hex).toList());
    }

    private static String stripped(String text) {
        return text.substring(0, text.length() - 1);
    }

    private static void assertVector(String name, String computed) {
        assertEquals(VECTORS.get(name), computed + "\n", name);
    }
}
