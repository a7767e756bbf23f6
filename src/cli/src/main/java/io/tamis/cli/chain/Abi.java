package io.tamis.cli.chain;

import io.tamis.data.Hash;
import java.util.HexFormat;
import java.util.Locale;

/**
 * The few words of the contract's interface that an auditor speaks (Solidity ABI: 32-byte words). The numbers are the first
 * bytes of Keccak-256 of the signatures beside them.
 */
final class Abi {
    /** {@code head(bytes32)}. */
    static final String HEAD = "0xf339e3b2";

    /** {@code rootAt(bytes32,uint64)}. */
    static final String ROOT_AT = "0x930b6ace";

    /** {@code UnknownLog()}. */
    static final String UNKNOWN_LOG = "0x743573b1";

    /** {@code Anchored(bytes32,uint64,bytes32,uint64,uint64,bytes32)}; log id and size are topics. */
    static final String ANCHORED = "0xbc4ebf2cef95bdbbbe458446b9bbb4bd5d41df066fcda7e39d2d1264104ddeeb";

    private static final int WORD_DIGITS = 64;

    private Abi() {}

    static String word(long number) {
        return String.format(Locale.ROOT, "%064x", number);
    }

    /** The words of a result, each as a hash; {@link ChainException} when there are not exactly so many. */
    static Hash word(String result, int words, int index) {
        if (!result.startsWith("0x") || result.length() != 2 + words * WORD_DIGITS) {
            throw JsonRpc.nonsense();
        }
        int from = 2 + index * WORD_DIGITS;
        try {
            return Hash.of(HexFormat.of().parseHex(result, from, from + WORD_DIGITS));
        } catch (IllegalArgumentException notHex) {
            throw new ChainException("the node's answer means nothing", notHex);
        }
    }

    /** A number of at most 2^53 - 1, which no log, block or time in seconds reaches. */
    static long number(Hash word) {
        String digits = word.hex();
        long number = Long.parseUnsignedLong(digits.substring(WORD_DIGITS - 16), 16);
        if (!digits.startsWith("0".repeat(WORD_DIGITS - 16)) || number < 0 || number > (1L << 53) - 1) {
            throw JsonRpc.nonsense();
        }
        return number;
    }

    /** A quantity as JSON-RPC writes it: {@code 0x} and digits without leading zeros. */
    static long quantity(String text) {
        if (!text.startsWith("0x") || text.length() < 3 || text.length() > 2 + 13) {
            throw JsonRpc.nonsense();
        }
        try {
            return Long.parseLong(text, 2, text.length(), 16);
        } catch (NumberFormatException notHex) {
            throw new ChainException("the node's answer means nothing", notHex);
        }
    }
}
