package io.tamis.policy.load;

import io.tamis.data.Json;
import java.util.Objects;

/**
 * Something wrong with a policy file, said so that its author can repair it.
 *
 * @param file path relative to the bundle's folder
 * @param pointer RFC 6901 pointer into the document; empty for the whole of it
 */
public record Problem(String file, String pointer, String message) {
    public Problem {
        Objects.requireNonNull(file);
        Objects.requireNonNull(pointer);
        Objects.requireNonNull(message);
    }

    /** Machine-readable. */
    public Json.Obj toJson() {
        return Json.object()
                .put("file", file)
                .put("pointer", pointer)
                .put("message", message)
                .build();
    }

    @Override
    public String toString() {
        return file + (pointer.isEmpty() ? "" : "#" + pointer) + ": " + message;
    }
}
