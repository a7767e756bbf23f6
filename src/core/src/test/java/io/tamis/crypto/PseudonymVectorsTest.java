package io.tamis.crypto;

import static org.junit.jupiter.api.Assertions.assertEquals;

import io.tamis.data.CollaborationId;
import io.tamis.data.Semantic;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashSet;
import java.util.List;
import org.junit.jupiter.api.Test;

/**
 * The table of docs/cryptography.md, whose numbers were computed by Python's hmac with OpenSSL's digests and again by
 * {@code openssl mac}. Whoever must recompute our pseudonyms starts from it.
 */
class PseudonymVectorsTest {
    private static final int VECTORS = 8;

    private record Vector(
            PseudonymAlgorithm algorithm, Pseudonyms.Scope scope, String place, String value, String pseudonym) {
        static Vector of(List<String> cells) {
            var scope = new Pseudonyms.Scope(
                    new CollaborationId(cells.get(1)), new Semantic(cells.get(2)), Integer.parseInt(cells.get(3)));
            return new Vector(
                    PseudonymAlgorithm.valueOf(cells.get(0)),
                    scope,
                    String.join(" ", cells.subList(0, 4)),
                    cells.get(4),
                    cells.get(5).replace("`", ""));
        }
    }

    @Test
    void pseudonyms_ofTheDocumentedVectors_areTheDocumentedOnes() throws IOException {
        var vectors = vectors();
        assertEquals(VECTORS, vectors.size());
        for (var vector : vectors) {
            var pseudonyms = Pseudonyms.under(vector.algorithm(), SecretBytes.copyOf(key()));
            assertEquals(
                    vector.pseudonym(),
                    pseudonyms.of(vector.scope(), vector.value()).hex(),
                    vector.place());
        }
    }

    /** One telephone number: nobody can tell from two places that it is one person. */
    @Test
    void pseudonyms_ofOneValue_differInEveryCollaborationSemanticAndEpoch() throws IOException {
        var places = new HashSet<String>();
        var pseudonyms = new HashSet<String>();
        for (var vector : vectors()) {
            if (vector.value().equals("+8613812345678")) {
                places.add(vector.place());
                pseudonyms.add(vector.pseudonym());
            }
        }
        assertEquals(6, places.size());
        assertEquals(6, pseudonyms.size());
    }

    private static byte[] key() {
        var key = new byte[32];
        for (int i = 0; i < key.length; i++) {
            key[i] = (byte) i;
        }
        return key;
    }

    private static List<Vector> vectors() throws IOException {
        var vectors = new ArrayList<Vector>();
        for (String line : Files.readAllLines(Path.of("../../docs/cryptography.md"))) {
            if (line.startsWith("| HMAC_")) {
                vectors.add(Vector.of(Arrays.stream(line.substring(1).split("\\|", -1))
                        .map(String::strip)
                        .toList()));
            }
        }
        return vectors;
    }
}
