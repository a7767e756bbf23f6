package io.tamis.catalog.order;

import io.tamis.catalog.CatalogException;
import io.tamis.catalog.ScanFile;
import io.tamis.data.Code;
import io.tamis.data.Hash;
import java.io.IOException;
import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.channels.FileChannel;
import java.nio.channels.FileChannel.MapMode;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.security.MessageDigest;
import java.util.List;

/**
 * Positions of the persons of one version. On disk: {@code TPOS}, version u8 = 1, order hash 32, persons u32, then of each
 * person, in the order of unit_no, its position u32; big-endian. The file is mapped, not read: its pages are the
 * system's to keep.
 */
public final class PositionMap {
    static final int HEAD_BYTES = 4 + 1 + Hash.LENGTH + Integer.BYTES;

    private static final byte[] MAGIC = {'T', 'P', 'O', 'S'};
    private static final byte VERSION = 1;
    private static final int CHUNK_BYTES = 1 << 20;
    private static final ValueLayout.OfInt POSITION = ValueLayout.JAVA_INT_UNALIGNED.withOrder(ByteOrder.BIG_ENDIAN);

    private final Hash orderHash;
    private final int persons;
    private final MemorySegment positions;
    private final long[] firstUnits = new long[ScanFile.BUCKETS];
    private final int[] counts = new int[ScanFile.BUCKETS];
    private final int[] arrivals = new int[ScanFile.BUCKETS];

    private PositionMap(Hash orderHash, int persons, MemorySegment positions, List<ScanFile> files) {
        this.orderHash = orderHash;
        this.persons = persons;
        this.positions = positions;
        int arrived = 0;
        for (var file : files.stream()
                .sorted(java.util.Comparator.comparingInt(ScanFile::bucket))
                .toList()) {
            firstUnits[file.bucket()] = file.firstUnit();
            counts[file.bucket()] = Math.toIntExact(file.lastUnit() - file.firstUnit() + 1);
            arrivals[file.bucket()] = arrived;
            arrived = Math.addExact(arrived, counts[file.bucket()]);
        }
        if (arrived != persons) {
            throw new CatalogException(Code.INTERNAL);
        }
    }

    /** Binds the persons and the version: ciphertexts and masks of one order hash have one order. */
    public Hash orderHash() {
        return orderHash;
    }

    /** How many persons: positions are 0 to this, exclusive. Exact, so never to be shown but to the owner. */
    public int persons() {
        return persons;
    }

    /** The position of the person with this unit_no of the scan files; INTERNAL when the version has no such person. */
    public int position(long unitNo) {
        long bucket = unitNo >>> ScanFile.SERIAL_BITS;
        if (bucket < 0 || bucket >= ScanFile.BUCKETS) {
            throw new CatalogException(Code.INTERNAL);
        }
        long serial = unitNo - firstUnits[(int) bucket];
        if (serial < 0 || serial >= counts[(int) bucket]) {
            throw new CatalogException(Code.INTERNAL);
        }
        return positions.get(POSITION, Integer.BYTES * (arrivals[(int) bucket] + serial));
    }

    /** The first bytes of a file. */
    static byte[] head(Hash orderHash, int persons) {
        return ByteBuffer.allocate(HEAD_BYTES)
                .put(MAGIC)
                .put(VERSION)
                .put(orderHash.bytes())
                .putInt(persons)
                .array();
    }

    /** Opens a file whose SHA-256 is this; INTERNAL when it is another. */
    static PositionMap open(Path file, Hash sha256, Hash orderHash, int persons, List<ScanFile> files)
            throws IOException {
        try (var channel = FileChannel.open(file, StandardOpenOption.READ)) {
            long length = HEAD_BYTES + (long) Integer.BYTES * persons;
            if (channel.size() != length) {
                throw new CatalogException(Code.INTERNAL);
            }
            MemorySegment whole = channel.map(MapMode.READ_ONLY, 0, length, Arena.ofAuto());
            if (!digest(whole).equals(sha256)) {
                throw new CatalogException(Code.INTERNAL);
            }
            return new PositionMap(orderHash, persons, whole.asSlice(HEAD_BYTES), files);
        }
    }

    private static Hash digest(MemorySegment whole) {
        MessageDigest digest = Hash.newSha256();
        for (long at = 0; at < whole.byteSize(); at += CHUNK_BYTES) {
            digest.update(whole.asSlice(at, Math.min(CHUNK_BYTES, whole.byteSize() - at))
                    .asByteBuffer());
        }
        return Hash.of(digest.digest());
    }
}
