package io.tamis.ledger.anchor.evm;

import io.tamis.data.Code;
import io.tamis.data.Hash;
import io.tamis.ledger.anchor.AnchorException;
import java.util.Locale;
import java.util.regex.Pattern;

/** An account or a contract: 0x and 40 hexadecimal digits, kept in lower case. */
record Address(String value) {
    private static final Pattern FORM = Pattern.compile("0x[0-9a-f]{40}");

    Address {
        value = value.toLowerCase(Locale.ROOT);
        if (!FORM.matcher(value).matches()) {
            throw new AnchorException(Code.ANCHOR_REFUSED);
        }
    }

    /** The address in the last 20 bytes of a word. */
    static Address of(Hash word) {
        return new Address("0x" + word.hex().substring(24));
    }

    /** As an argument of 32 bytes. */
    String word() {
        return "0".repeat(24) + value.substring(2);
    }

    @Override
    public String toString() {
        return value;
    }
}
