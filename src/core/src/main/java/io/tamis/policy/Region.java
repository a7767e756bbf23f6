package io.tamis.policy;

/** Where the receiver is (PIPL 38 to 43). */
public enum Region {
    DOMESTIC,
    ABROAD
}
