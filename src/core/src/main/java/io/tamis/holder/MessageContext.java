package io.tamis.holder;

import io.tamis.data.Code;
import io.tamis.data.DataException;
import java.util.regex.Pattern;

/** To which ceremony, round or ticket a signed message belongs. */
public record MessageContext(String value) implements Comparable<MessageContext> {
    /** Most characters. */
    public static final int LENGTH_MAX = 256;

    private static final Pattern FORM = Pattern.compile("[a-zA-Z0-9][a-zA-Z0-9/_.-]*");

    public MessageContext {
        if (value.length() > LENGTH_MAX || !FORM.matcher(value).matches()) {
            throw new DataException(Code.INVALID_REQUEST);
        }
    }

    @Override
    public int compareTo(MessageContext other) {
        return value.compareTo(other.value);
    }

    @Override
    public String toString() {
        return value;
    }
}
