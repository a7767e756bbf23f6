package io.tamis.catalog.link;

/** From a normalised identifier to its pseudonym in the scope of one derivation. Used by several threads. */
@FunctionalInterface
interface PseudonymFunction {
    /** The pseudonym of the first {@code length} bytes, written to the beginning of {@code out}. */
    void of(byte[] utf8, int length, byte[] out);
}
