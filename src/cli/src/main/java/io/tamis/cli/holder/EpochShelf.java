package io.tamis.cli.holder;

import io.tamis.data.Code;
import io.tamis.data.Json;
import io.tamis.data.JsonFields;
import io.tamis.he.Bfv;
import io.tamis.he.CollectiveKey;
import io.tamis.he.threshold.SecretShare;
import io.tamis.holder.ceremony.CeremonyId;
import java.util.Arrays;
import java.util.Optional;

/** The key epochs of a holder: its sealed share of each, the public key, and whether the epoch is over. */
final class EpochShelf {
    private static final int ID_MAX = 64;

    private final SealedFolder sealed;
    private final Bfv scheme;

    EpochShelf(SealedFolder sealed, Bfv scheme) {
        this.sealed = sealed;
        this.scheme = scheme;
    }

    /**
     * Stores a finished ceremony's key and share: the share first, so that an epoch that is there has one. {@code
     * STATE_CONFLICT} when the number is another ceremony's: a server that gives it twice wants old inputs under a new key.
     */
    void keep(long epoch, CeremonyId ceremony, CollectiveKey key, SecretShare share) {
        if (ceremony(epoch).filter(known -> !known.equals(ceremony)).isPresent()) {
            throw new StoreException(Code.STATE_CONFLICT);
        }
        byte[] secret = share.reveal();
        try {
            sealed.put("share-" + epoch, secret);
        } finally {
            Arrays.fill(secret, (byte) 0);
        }
        sealed.put("key-" + epoch, key.bytes());
        sealed.put("epoch-" + epoch, described(ceremony, false).canonicalBytes());
    }

    /** Which ceremony made the epoch; empty when this holder has none of it. */
    Optional<CeremonyId> ceremony(long epoch) {
        return sealed.find("epoch-" + epoch)
                .map(bytes -> CeremonyId.parse(new JsonFields(Json.parse(bytes)).string("ceremony", ID_MAX)));
    }

    /** True when the holder has the epoch and nobody said that it is over. */
    boolean serves(long epoch) {
        return sealed.find("epoch-" + epoch)
                .map(bytes -> !new JsonFields(Json.parse(bytes)).flag("ended"))
                .orElse(false);
    }

    /** The epoch is over, for ever: nothing is opened under it again, and the share is erased. */
    void end(long epoch) {
        ceremony(epoch).ifPresent(ceremony -> {
            sealed.put("epoch-" + epoch, described(ceremony, true).canonicalBytes());
            sealed.delete("share-" + epoch);
        });
    }

    /** The epoch's public key. */
    Optional<CollectiveKey> key(long epoch) {
        return sealed.find("key-" + epoch).map(bytes -> CollectiveKey.read(scheme, bytes));
    }

    /** The holder's share, which the caller closes. */
    SecretShare share(long epoch) {
        byte[] secret = sealed.find("share-" + epoch).orElseThrow(() -> new StoreException(Code.KEYS_MISSING));
        try {
            return SecretShare.read(scheme, secret);
        } finally {
            Arrays.fill(secret, (byte) 0);
        }
    }

    private static Json.Obj described(CeremonyId ceremony, boolean ended) {
        return Json.object()
                .put("ceremony", ceremony.toString())
                .put("ended", new Json.Bool(ended))
                .build();
    }
}
