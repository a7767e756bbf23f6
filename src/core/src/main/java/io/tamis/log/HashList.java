package io.tamis.log;

import io.tamis.data.Hash;
import java.util.ArrayList;
import java.util.List;

/** A growing list of hashes at 32 bytes each: as objects they would take three times as much. */
final class HashList {
    private static final int CHUNK_HASHES = 1024;

    private final List<byte[]> chunks = new ArrayList<>();
    private long size;

    void add(Hash hash) {
        if (size % CHUNK_HASHES == 0) {
            chunks.add(new byte[CHUNK_HASHES * Hash.LENGTH]);
        }
        System.arraycopy(hash.bytes(), 0, chunks.getLast(), offset(size), Hash.LENGTH);
        size++;
    }

    Hash get(long index) {
        if (index < 0 || index >= size) {
            throw new IndexOutOfBoundsException("hash list");
        }
        var bytes = new byte[Hash.LENGTH];
        System.arraycopy(chunks.get((int) (index / CHUNK_HASHES)), offset(index), bytes, 0, Hash.LENGTH);
        return Hash.of(bytes);
    }

    private static int offset(long index) {
        return (int) (index % CHUNK_HASHES) * Hash.LENGTH;
    }
}
