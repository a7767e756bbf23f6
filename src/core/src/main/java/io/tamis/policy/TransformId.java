package io.tamis.policy;

import io.tamis.data.Code;
import io.tamis.data.DataException;
import java.util.regex.Pattern;

/** The id of a transform, for example PHONE_PSEUDONYM. */
public record TransformId(String value) implements Comparable<TransformId> {
    private static final Pattern FORM = Pattern.compile("[A-Z][A-Z0-9_]{0,63}");

    public TransformId {
        if (!FORM.matcher(value).matches()) {
            throw new DataException(Code.INVALID_REQUEST);
        }
    }

    @Override
    public int compareTo(TransformId other) {
        return value.compareTo(other.value);
    }

    @Override
    public String toString() {
        return value;
    }
}
