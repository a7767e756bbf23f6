package io.tamis.ledger.anchor;

import io.tamis.data.Code;
import io.tamis.data.Hash;
import io.tamis.log.Origin;
import java.util.Optional;

/** No chain is configured: nothing is anchored, and nobody pretends that it is. */
public final class NoNotary implements Notary {
    @Override
    public Optional<Place> place(Origin log) {
        return Optional.empty();
    }

    @Override
    public Optional<Heads> heads(Origin log) {
        return Optional.empty();
    }

    @Override
    public Optional<Hash> rootAt(Origin log, long size) {
        return Optional.empty();
    }

    @Override
    public Slot nextSlot() {
        throw new AnchorException(Code.NOT_READY);
    }

    @Override
    public Optional<SignedAnchor> sign(Claim claim, Slot slot) {
        return Optional.empty();
    }

    @Override
    public void send(SignedAnchor anchor) {
        throw new AnchorException(Code.NOT_READY);
    }

    @Override
    public Fate fate(Hash transaction) {
        return new Fate.Unknown();
    }
}
