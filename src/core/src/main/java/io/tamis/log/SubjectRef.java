package io.tamis.log;

import io.tamis.data.Hash;
import java.util.Objects;

/**
 * A person as a platform names them to the log: 64 hexadecimal digits, an HMAC under a key only the platform has. Whoever
 * lacks that key can neither compute it from an identifier nor test a guess. Entries of one person share it, so that they
 * can be erased together.
 */
public record SubjectRef(Hash value) {
    public SubjectRef {
        Objects.requireNonNull(value);
    }

    /** Reads 64 lower-case hexadecimal digits. */
    public static SubjectRef parse(String hex) {
        return new SubjectRef(Hash.parse(hex));
    }

    /** 64 lower-case hexadecimal digits. */
    public String hex() {
        return value.hex();
    }

    /** Says nothing: it tells who, to the platform. */
    @Override
    public String toString() {
        return "SubjectRef";
    }
}
