package io.tamis.data;

import java.util.UUID;

/** Where new ids come from. */
@FunctionalInterface
public interface IdSource {
    /** A fresh id, never given before. */
    UUID next();
}
