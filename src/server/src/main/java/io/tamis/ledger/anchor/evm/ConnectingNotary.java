package io.tamis.ledger.anchor.evm;

import io.tamis.data.Code;
import io.tamis.data.Hash;
import io.tamis.ledger.anchor.AnchorException;
import io.tamis.ledger.anchor.Claim;
import io.tamis.ledger.anchor.Fate;
import io.tamis.ledger.anchor.Heads;
import io.tamis.ledger.anchor.Notary;
import io.tamis.ledger.anchor.Place;
import io.tamis.ledger.anchor.SignedAnchor;
import io.tamis.ledger.anchor.Slot;
import io.tamis.log.Origin;
import java.util.Optional;
import java.util.function.Function;
import java.util.function.Supplier;

/**
 * A notary that is examined before it is used, and again after it answered as none of ours would: the node may be down when
 * the service starts, and another one may answer later under its address.
 */
final class ConnectingNotary implements Notary {
    private final Supplier<Notary> examination;
    private Optional<Notary> examined = Optional.empty();

    /** The examination answers with a notary that may be used, or throws. */
    ConnectingNotary(Supplier<Notary> examination) {
        this.examination = examination;
    }

    @Override
    public Optional<Place> place(Origin log) {
        return ask(notary -> notary.place(log));
    }

    @Override
    public Optional<Heads> heads(Origin log) {
        Optional<Heads> heads = ask(notary -> notary.heads(log));
        if (heads.isEmpty()) {
            // A demonstration's examination creates a new year's log.
            examined = Optional.empty();
        }
        return heads;
    }

    @Override
    public Optional<Hash> rootAt(Origin log, long size) {
        return ask(notary -> notary.rootAt(log, size));
    }

    @Override
    public Slot nextSlot() {
        return ask(Notary::nextSlot);
    }

    @Override
    public Optional<SignedAnchor> sign(Claim claim, Slot slot) {
        return ask(notary -> notary.sign(claim, slot));
    }

    @Override
    public void send(SignedAnchor anchor) {
        ask(notary -> {
            notary.send(anchor);
            return anchor;
        });
    }

    @Override
    public Fate fate(Hash transaction) {
        return ask(notary -> notary.fate(transaction));
    }

    private <T> T ask(Function<Notary, T> question) {
        try {
            if (examined.isEmpty()) {
                examined = Optional.of(examination.get());
            }
            return question.apply(examined.get());
        } catch (AnchorException failed) {
            if (failed.code() == Code.ANCHOR_REFUSED || failed.code() == Code.NOT_READY) {
                // After an outage too: what comes back may be a fresh node.
                examined = Optional.empty();
            }
            throw failed;
        }
    }
}
