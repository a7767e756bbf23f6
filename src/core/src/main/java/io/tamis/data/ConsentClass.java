package io.tamis.data;

/** How strong a consent is, weakest first; GUARDIAN is a parent's consent for a child under 14 (PIPL 29 to 31). */
public enum ConsentClass {
    NONE,
    GENERAL,
    SEPARATE,
    GUARDIAN
}
