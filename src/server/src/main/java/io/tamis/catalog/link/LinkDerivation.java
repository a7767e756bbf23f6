package io.tamis.catalog.link;

import io.tamis.catalog.load.Effort;
import io.tamis.catalog.load.PartWork;
import io.tamis.catalog.load.Spill;
import io.tamis.catalog.load.UnitSource;
import io.tamis.catalog.load.VersionFolder;
import io.tamis.crypto.Pseudonyms;
import io.tamis.crypto.SecretBytes;
import io.tamis.data.Code;
import io.tamis.data.RandomSource;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.atomic.AtomicLongArray;
import java.util.stream.LongStream;

/**
 * Derives the link files of one version in one scope, in two passes of bounded memory: the identifiers of each bucket are
 * turned into pseudonyms and dealt to sealed spill files by their first bits; each part is ordered and written, sealed. A
 * person's unit is the first 64 bits of the pseudonym (docs/adr/0026): the same in every dataset of the scope, without a
 * register of who was seen before.
 *
 * <p>Two persons whose pseudonyms begin with the same 64 bits would be one unit. The one with the lesser pseudonym is kept,
 * the other left out: of n persons that happens to any with probability below n^2 / 2^65, 3 in a million for 10 million.
 * The same whole pseudonym twice is one person under two numbers, whose data would count twice: INTERNAL, as no import
 * makes such a version.
 *
 * <p>Crash story: everything happens in the caller's temporary folder that nobody reads; until the caller moves it into
 * place and commits the row with the wrapped link key, there is no attachment. What is left behind is sealed under a spill
 * key that died with the process and a link key that nobody has wrapped: it opens for nobody, before or after it is swept.
 */
public final class LinkDerivation {
    /** A row of the spill: {@code high[8] low[8] unit_no[8]}, the first half of the pseudonym and the person's number. */
    static final int ROW_BYTES = 3 * Long.BYTES;

    private static final String WORK = "work";
    private static final int KEY_BYTES = 32;

    private final Path folder;
    private final Path work;
    private final SecretBytes linkKey;
    private final RandomSource random;
    private final Effort effort;

    private LinkDerivation(Path folder, SecretBytes linkKey, RandomSource random, Effort effort) {
        this.folder = folder;
        this.work = folder.resolve(WORK);
        this.linkKey = linkKey;
        this.random = random;
        this.effort = effort;
    }

    /** What a derivation came to: the number of persons linked; exact, so never to be shown. */
    public record Derived(long units) {}

    /**
     * Writes the link files durably into {@code folder}, which is empty, and the caller's to move into place or to delete.
     * Every derivation needs a fresh {@code linkKey} of 32 bytes: two under one key could be mixed unnoticed.
     */
    public static Derived derive(
            UnitSource units,
            Pseudonyms pseudonyms,
            Pseudonyms.Scope scope,
            Path folder,
            SecretBytes linkKey,
            RandomSource random,
            Effort effort) {
        return derive(
                units,
                (utf8, length, out) -> pseudonyms.of(scope, utf8, 0, length, out),
                folder,
                linkKey,
                random,
                effort);
    }

    static Derived derive(
            UnitSource units,
            PseudonymFunction pseudonyms,
            Path folder,
            SecretBytes linkKey,
            RandomSource random,
            Effort effort) {
        try {
            return new LinkDerivation(folder, linkKey, random, effort).derive(units, pseudonyms);
        } catch (IOException failed) {
            throw new LinkException(Code.INTERNAL, failed);
        }
    }

    private Derived derive(UnitSource units, PseudonymFunction pseudonyms) throws IOException {
        Files.createDirectory(work);
        var counts = new AtomicLongArray(LinkSet.PARTS);
        try (var spillKey = SecretBytes.random(KEY_BYTES, random)) {
            List<Integer> buckets = units.buckets();
            List<Spill> dealt = PartWork.run(effort.threads(), buckets.size(), parts -> {
                try (var spill = Spill.create(Files.createTempDirectory(work, "dealt-"), spillKey, random)) {
                    for (var part = parts.next(); part.isPresent(); part = parts.next()) {
                        deal(units, buckets.get(part.getAsInt()), pseudonyms, spill);
                    }
                    return spill;
                }
            });
            PartWork.run(effort.threads(), LinkSet.PARTS, parts -> {
                for (var part = parts.next(); part.isPresent(); part = parts.next()) {
                    counts.set(part.getAsInt(), write(dealt, part.getAsInt()));
                }
                return dealt;
            });
        }
        VersionFolder.delete(work);
        var index = new LinkIndex(
                units.contentHash(),
                LongStream.range(0, LinkSet.PARTS)
                        .mapToObj(part -> counts.get((int) part))
                        .toList());
        VersionFolder.force(index.write(folder, linkKey, random));
        VersionFolder.force(folder);
        return new Derived(index.total());
    }

    private static void deal(UnitSource units, int bucket, PseudonymFunction pseudonyms, Spill spill)
            throws IOException {
        var pseudonym = new byte[Pseudonyms.BYTES];
        var row = ByteBuffer.allocate(ROW_BYTES);
        try (var persons = units.open(bucket)) {
            while (persons.next()) {
                pseudonyms.of(persons.identifier(), persons.identifierLength(), pseudonym);
                row.put(0, pseudonym, 0, 2 * Long.BYTES).putLong(2 * Long.BYTES, persons.unitNo());
                spill.add(row.getLong(0), row.array(), ROW_BYTES);
            }
        }
    }

    private long write(List<Spill> dealt, int part) throws IOException {
        Path file = folder.resolve(LinkIndex.partFile(part));
        long written;
        try (var writer = new PartWriter(file, part, linkKey, random, effort)) {
            written = writer.write(dealt);
        }
        VersionFolder.force(file);
        return written;
    }
}
