package io.tamis.policy;

import io.tamis.data.Code;
import io.tamis.data.DataException;
import java.util.regex.Pattern;

/** The id of an access rule, for example AC-M-02. */
public record RuleId(String value) implements Comparable<RuleId> {
    private static final Pattern FORM = Pattern.compile("AC-[A-Z]-[0-9]{2,3}");

    public RuleId {
        if (!FORM.matcher(value).matches()) {
            throw new DataException(Code.INVALID_REQUEST);
        }
    }

    @Override
    public int compareTo(RuleId other) {
        return value.compareTo(other.value);
    }

    @Override
    public String toString() {
        return value;
    }
}
