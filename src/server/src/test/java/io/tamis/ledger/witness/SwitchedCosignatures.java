package io.tamis.ledger.witness;

import io.tamis.data.EventId;
import io.tamis.ledger.Cosignatures;
import io.tamis.ledger.PublishedLog.Published;
import io.tamis.log.Origin;
import io.tamis.log.SignedNote;
import jakarta.annotation.Priority;
import jakarta.enterprise.inject.Alternative;
import jakarta.inject.Singleton;
import java.time.Duration;
import java.util.Optional;

/** The service's own cosignatures until a test puts others in their place, for as long as it runs. */
@Alternative
@Priority(1)
@Singleton
public class SwitchedCosignatures implements Cosignatures {
    private final StoredCosignatures own;
    private volatile Cosignatures now;

    SwitchedCosignatures(StoredCosignatures own) {
        this.own = own;
        this.now = own;
    }

    public void use(Cosignatures others) {
        now = others;
    }

    public void useOwn() {
        now = own;
    }

    @Override
    public int quorum() {
        return now.quorum();
    }

    @Override
    public boolean attainable() {
        return now.attainable();
    }

    @Override
    public Optional<Published> newest(Origin origin) {
        return now.newest(origin);
    }

    @Override
    public SignedNote cosigned(SignedNote note) {
        return now.cosigned(note);
    }

    @Override
    public boolean covers(EventId event) {
        return now.covers(event);
    }

    @Override
    public boolean awaitQuorum(EventId event, Duration max) {
        return now.awaitQuorum(event, max);
    }
}
