package io.tamis.ledger.anchor.evm;

import io.tamis.ledger.contract.AccessLogNotary;

/** The code a deployed notary must have, byte for byte: an address alone says nothing about what answers there. */
final class ContractCode {
    /** What the compiler puts between the part that runs once and the part that stays: RETURN, INVALID. */
    private static final String SEAM = "f3fe";

    private ContractCode() {}

    /** In hexadecimal digits. */
    static String deployed() {
        String all = AccessLogNotary.BINARY;
        return all.substring(all.indexOf(SEAM) + SEAM.length());
    }

    /** What a transaction sends to deploy it, 0x and hexadecimal digits. */
    static String deployment() {
        return "0x" + AccessLogNotary.BINARY;
    }
}
