package io.tamis.cli.holder;

import io.tamis.data.Code;
import io.tamis.he.Bfv;
import io.tamis.he.CollectiveKey;
import io.tamis.he.threshold.SecretShare;
import io.tamis.holder.ceremony.CeremonyId;
import java.util.Arrays;
import java.util.Optional;

/** The key epochs of a holder: its sealed share of each, the public key, and whether the epoch is over. */
final class EpochShelf {
    private final SealedFolder sealed;
    private final EpochMarks marks;
    private final Bfv scheme;

    EpochShelf(SealedFolder sealed, Bfv scheme) {
        this.sealed = sealed;
        this.marks = new EpochMarks(sealed);
        this.scheme = scheme;
    }

    /**
     * Stores a finished ceremony's key and share: the share first, so that an epoch that is there has one. {@code
     * STATE_CONFLICT} when the number is another ceremony's: a server that gives it twice wants old inputs under a new key.
     */
    void keep(long epoch, CeremonyId ceremony, CollectiveKey key, SecretShare share) {
        if (marks.ceremony(epoch).filter(known -> !known.equals(ceremony)).isPresent()) {
            throw new StoreException(Code.STATE_CONFLICT);
        }
        byte[] secret = share.reveal();
        try {
            sealed.put(EpochMarks.share(epoch), secret);
        } finally {
            Arrays.fill(secret, (byte) 0);
        }
        sealed.put("key-" + epoch, key.bytes());
        marks.begin(epoch, ceremony);
    }

    /** True when the holder has the epoch and nobody said that it is over. */
    boolean serves(long epoch) {
        return marks.serves(epoch);
    }

    /** The epoch is over: nothing is opened under it again, unless the operator says so. */
    void end(long epoch) {
        marks.end(epoch);
    }

    /** The epoch's public key. */
    Optional<CollectiveKey> key(long epoch) {
        return sealed.find("key-" + epoch).map(bytes -> CollectiveKey.read(scheme, bytes));
    }

    /** The holder's share, which the caller closes. */
    SecretShare share(long epoch) {
        byte[] secret = sealed.find(EpochMarks.share(epoch)).orElseThrow(() -> new StoreException(Code.KEYS_MISSING));
        try {
            return SecretShare.read(scheme, secret);
        } finally {
            Arrays.fill(secret, (byte) 0);
        }
    }
}
