package io.tamis.ledger;

import io.tamis.data.Actor;

/** The verified caller of the request at hand. */
public interface CurrentActor {
    /** The caller; throws {@code UNAUTHENTICATED} when there is none. */
    Actor actor();
}
