package io.tamis.catalog.link;

import io.tamis.catalog.load.SealedStream;
import io.tamis.crypto.SecretBytes;
import io.tamis.data.Code;
import io.tamis.data.Hash;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;

/**
 * The link files of one attachment, opened for one scan: which person of the version is which unit of the collaboration.
 * A person has one unit and a unit at most one person. Sets of one scope are joined part by part, by merging. Safe for use
 * by several threads; holds the link key until it is closed.
 */
public final class LinkSet implements AutoCloseable {
    /** Parts a set is cut into, by the first bits of the unit: a shard of a join owns parts. */
    public static final int PARTS = 64;

    /** Bits of a unit that tell its part. */
    public static final int PART_BITS = 6;

    private final Path folder;
    private final SecretBytes key;
    private final LinkIndex index;

    private LinkSet(Path folder, SecretBytes key, LinkIndex index) {
        this.folder = folder;
        this.key = key;
        this.index = index;
    }

    /**
     * Opens the files in this folder under the attachment's link key, which is copied, for the version of this content
     * hash. INTERNAL when they are missing, altered, another attachment's or another version's. The parts are checked as
     * they are read.
     */
    public static LinkSet open(Path folder, SecretBytes linkKey, Hash contentHash) {
        var index = LinkIndex.read(folder, linkKey);
        if (!index.contentHash().equals(contentHash)) {
            throw new LinkException(Code.INTERNAL);
        }
        byte[] bytes = linkKey.reveal();
        try {
            return new LinkSet(folder, SecretBytes.copyOf(bytes), index);
        } finally {
            Arrays.fill(bytes, (byte) 0);
        }
    }

    /** Number of persons; exact, so never to be shown. */
    public long units() {
        return index.total();
    }

    /** Number of persons of one part; exact, so never to be shown. */
    public long units(int part) {
        return index.units().get(part);
    }

    /** The persons of one part. */
    public LinkCursor part(int part) {
        long counted = units(part);
        try {
            var file = Files.newInputStream(folder.resolve(LinkIndex.partFile(part)));
            return new PartCursor(SealedStream.opening(file, key, LinkIndex.partScope(part)), part, counted);
        } catch (IOException unreadable) {
            throw new LinkException(Code.INTERNAL, unreadable);
        }
    }

    /** Forgets the key: what is still being read ends with INTERNAL. */
    @Override
    public void close() {
        key.close();
    }
}
