package io.tamis.catalog.link;

import io.tamis.crypto.CryptoException;
import io.tamis.crypto.Sealing;
import io.tamis.crypto.SecretBytes;
import io.tamis.data.Code;
import io.tamis.data.DataException;
import io.tamis.data.Hash;
import io.tamis.data.Json;
import io.tamis.data.JsonFields;
import io.tamis.data.RandomSource;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;

/**
 * What a folder of link files is: whose, and how many persons each part has. Sealed under the link key like the parts, so
 * it needs no digests of theirs: whoever cannot seal cannot make a part, and a key seals one derivation.
 *
 * @param contentHash the version whose {@code unit_no} the parts name
 * @param units persons of each part, from the first to the last
 */
record LinkIndex(Hash contentHash, List<Long> units) {
    /** Name of the file. */
    static final String FILE = "index.sealed";

    private static final String FORMAT = "tamis-link-v1";
    private static final byte[] PLACE = "tamis-link-index-v1".getBytes(StandardCharsets.US_ASCII);

    /** A unit_no has 46 bits. */
    private static final long UNITS_MAX = 1L << 46;

    private static final int SEALED_BYTES_MAX = 16 * 1024;

    LinkIndex {
        units = List.copyOf(units);
        if (units.size() != LinkSet.PARTS || units.stream().anyMatch(each -> each < 0 || each > UNITS_MAX)) {
            throw new LinkException(Code.INTERNAL);
        }
    }

    /** Persons of all parts. */
    long total() {
        return units.stream().mapToLong(Long::longValue).sum();
    }

    /** Name of a part's file. */
    static String partFile(int part) {
        return String.format(Locale.ROOT, "part-%05d.link", part);
    }

    /** What a part's chunks are sealed for; the key says of which attachment. */
    static String partScope(int part) {
        return "link-v1/" + partFile(part);
    }

    /** Writes the file. */
    Path write(Path folder, SecretBytes linkKey, RandomSource random) throws IOException {
        byte[] text = Json.object()
                .put("format", FORMAT)
                .put("contentHash", contentHash.hex())
                .put("units", Json.array(units.stream().map(Json::of).toList()))
                .build()
                .canonicalBytes();
        return Files.write(folder.resolve(FILE), Sealing.seal(linkKey, PLACE, text, random));
    }

    /** Reads the file; INTERNAL when it was not sealed under this key or is not there. */
    static LinkIndex read(Path folder, SecretBytes linkKey) {
        try {
            Path file = folder.resolve(FILE);
            if (Files.size(file) > SEALED_BYTES_MAX) {
                throw new LinkException(Code.INTERNAL);
            }
            var fields = new JsonFields(Json.parse(Sealing.open(linkKey, PLACE, Files.readAllBytes(file))));
            if (!fields.string("format", FORMAT.length()).equals(FORMAT)) {
                throw new LinkException(Code.INTERNAL);
            }
            var index = new LinkIndex(
                    Hash.parse(fields.string("contentHash", 2 * Hash.LENGTH)),
                    fields.list("units", LinkSet.PARTS, LinkIndex::count));
            fields.end();
            return index;
        } catch (IOException | CryptoException | DataException unusable) {
            throw new LinkException(Code.INTERNAL, unusable);
        }
    }

    private static long count(Json json) {
        if (!(json instanceof Json.Int count)) {
            throw new LinkException(Code.INTERNAL);
        }
        return count.value();
    }
}
