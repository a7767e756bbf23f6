package io.tamis.sandbox.audiences;

import io.tamis.data.Code;
import io.tamis.data.DataException;
import io.tamis.privacy.DpPlan;
import java.util.Objects;
import java.util.regex.Pattern;

/**
 * Persons of one dataset with rows that fit some conditions, under the name that a job gave them.
 *
 * @param rows the conditions, in canonical form
 * @param own true when the caller's party owns the dataset
 */
record Audience(String id, DpPlan rows, boolean own) {
    /** Greatest length of an id: a label joins six of them. */
    static final int ID_LENGTH_MAX = 32;

    /** Begins with a letter, so that no label begins like a number or a formula. */
    private static final Pattern ID = Pattern.compile("[A-Za-z][A-Za-z0-9_-]*");

    Audience {
        Objects.requireNonNull(rows);
        requireId(id);
    }

    static void requireId(String id) {
        if (id.length() > ID_LENGTH_MAX || !ID.matcher(id).matches()) {
            throw new DataException(Code.INVALID_REQUEST);
        }
    }
}
