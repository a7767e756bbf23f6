package io.tamis.holder;

import io.tamis.data.Code;
import io.tamis.data.DataException;
import java.util.regex.Pattern;

/** What a signed message is for; the feature that reads it decides which types it knows. */
public record MessageType(String value) implements Comparable<MessageType> {
    /** Most characters. */
    public static final int LENGTH_MAX = 64;

    private static final Pattern FORM = Pattern.compile("[a-z][a-z-]*(\\.[a-z][a-z-]*)?");

    public MessageType {
        if (value.length() > LENGTH_MAX || !FORM.matcher(value).matches()) {
            throw new DataException(Code.INVALID_REQUEST);
        }
    }

    @Override
    public int compareTo(MessageType other) {
        return value.compareTo(other.value);
    }

    @Override
    public String toString() {
        return value;
    }
}
