package io.tamis.cli.soak.he;

/** What is read from outside. */
enum Door {
    /** A public-key ciphertext. */
    CIPHERTEXT,
    /** A seeded ciphertext. */
    SEEDED,
    /** A collective public key. */
    KEY,
    /** A holder's answer to a ticket. */
    SHARES,
    /** The same, and what it opens is looked at. */
    OPENING
}
