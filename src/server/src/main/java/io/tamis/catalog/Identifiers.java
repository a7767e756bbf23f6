package io.tamis.catalog;

import io.tamis.catalog.load.UnitSource;
import java.util.Optional;

/** The way from a version to its sealed identifiers, for attaching it to a collaboration and ordering its tags, nothing else. */
public interface Identifiers {
    /** The persons of a version, to be closed; empty when its data key is gone. Only {@code catalog.link} and {@code catalog.order} read them. */
    Optional<UnitSource> units(Snapshot snapshot);
}
