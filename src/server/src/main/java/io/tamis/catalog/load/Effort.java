package io.tamis.catalog.load;

import io.tamis.data.Code;

/**
 * What an import may take of the machine.
 *
 * @param threads buckets written at a time
 * @param leafRowsMax rows of a bucket ordered in memory at a time; at least what one person may have
 * @param leafBytesMax bytes of them
 */
public record Effort(int threads, int leafRowsMax, int leafBytesMax) {
    /** Bits by which rows in memory are told apart. */
    static final int INDEX_BITS = 20;

    /** Two cores, and room for the rest of the service in a heap of 512 MB. */
    public static final Effort DEFAULT = new Effort(2, 1 << INDEX_BITS, 24 << 20);

    public Effort {
        if (threads < 1 || leafRowsMax < 1 || leafRowsMax > 1 << INDEX_BITS || leafBytesMax < 1) {
            throw new LoadException(Code.INTERNAL);
        }
    }
}
