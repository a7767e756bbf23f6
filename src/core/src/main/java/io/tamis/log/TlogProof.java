package io.tamis.log;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.tamis.data.EventId;
import io.tamis.data.Hash;
import io.tamis.data.Json;
import io.tamis.data.JsonFields;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Objects;

/**
 * A receipt: an entry, its index, the inclusion proof and the checkpoint it leads to, in the text form of C2SP tlog-proof.
 * The {@code extra} line carries id and commitment, from which the verifier computes the leaf; it is authenticated by
 * nothing but the proof's leading to the signed root. Proves that the log holds the commitment, not what the event says:
 * for that the holder of event and salt compares the commitment.
 */
public record TlogProof(LogEntry entry, long index, List<Hash> path, SignedNote note) {
    /** Longest text read. */
    public static final int CHARACTERS_MAX = SignedNote.BYTES_MAX + 8192;

    private static final String FIRST_LINE = "c2sp.org/tlog-proof@v1";

    public TlogProof {
        Objects.requireNonNull(entry);
        Objects.requireNonNull(note);
        path = List.copyOf(path);
        if (index < 0 || path.size() > Proofs.HASHES_MAX) {
            throw LogException.malformed();
        }
    }

    /** Reads the text form. */
    public static TlogProof parse(String text) {
        int split = text.indexOf("\n\n");
        if (split < 0 || text.length() > CHARACTERS_MAX) {
            throw LogException.malformed();
        }
        String[] lines = text.substring(0, split).split("\n", -1);
        if (lines.length < 3 || lines.length > 3 + Proofs.HASHES_MAX || !lines[0].equals(FIRST_LINE)) {
            throw LogException.malformed();
        }
        var path = new ArrayList<Hash>();
        for (int i = 3; i < lines.length; i++) {
            path.add(hash(lines[i]));
        }
        return new TlogProof(
                entry(StrictBase64.decode(after("extra ", lines[1]))),
                Decimal.parse(after("index ", lines[2])),
                path,
                SignedNote.parse(text.substring(split + 2).getBytes(UTF_8)));
    }

    /** True when the checkpoint is signed by this key and the proof leads from the entry to its root. */
    public boolean verifies(VerifierKey key) {
        return verifies(List.of(key));
    }

    /** True when the checkpoint is signed by each of these keys and the proof leads from the entry to its root. */
    public boolean verifies(List<VerifierKey> keys) {
        return Checkpoint.open(note, keys)
                .filter(checkpoint -> Proofs.verifyInclusion(entry.leaf(), index, path, checkpoint.head()))
                .isPresent();
    }

    /** The text form. */
    public String text() {
        byte[] extra = Json.object()
                .put("c", entry.commitment().hex())
                .put("id", entry.id().toString())
                .build()
                .canonicalBytes();
        var out = new StringBuilder(FIRST_LINE)
                .append("\nextra ")
                .append(StrictBase64.encode(extra))
                .append("\nindex ")
                .append(index)
                .append('\n');
        path.forEach(hash -> out.append(StrictBase64.encode(hash.bytes())).append('\n'));
        return out.append('\n').append(note.encoded()).toString();
    }

    private static LogEntry entry(byte[] extra) {
        Json json = Json.parse(extra);
        if (!Arrays.equals(json.canonicalBytes(), extra)) {
            throw LogException.malformed();
        }
        var fields = new JsonFields(json);
        var entry = new LogEntry(EventId.parse(fields.string("id", 36)), Hash.parse(fields.string("c", 64)));
        fields.end();
        return entry;
    }

    private static Hash hash(String line) {
        byte[] bytes = StrictBase64.decode(line);
        if (bytes.length != Hash.LENGTH) {
            throw LogException.malformed();
        }
        return Hash.of(bytes);
    }

    private static String after(String prefix, String line) {
        if (!line.startsWith(prefix)) {
            throw LogException.malformed();
        }
        return line.substring(prefix.length());
    }
}
