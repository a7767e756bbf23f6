package io.tamis.log;

/** A tile that has just become full: to be stored once and never changed. */
public final class FullTile {
    private final TileId id;
    private final byte[] hashes;

    FullTile(TileId id, byte[] hashes) {
        this.id = id;
        this.hashes = hashes.clone();
    }

    /** Its place. */
    public TileId id() {
        return id;
    }

    /** A copy of its 8,192 bytes. */
    public byte[] hashes() {
        return hashes.clone();
    }
}
