package io.tamis.audience.tags;

import io.tamis.audience.board.BoardException;
import io.tamis.audience.keys.KeyEpochs;
import io.tamis.audience.keys.KeyStanding;
import io.tamis.data.Code;
import io.tamis.he.Bfv;
import io.tamis.he.CollectiveKey;
import io.tamis.he.HeParams;
import io.tamis.he.SlotCandidates;
import jakarta.inject.Singleton;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;

/** The schemes of the profiles, each with tables of some megabytes, made once. */
@Singleton
class Schemes {
    private final KeyEpochs epochs;
    private final Map<String, Bfv> made = new ConcurrentHashMap<>();

    Schemes(KeyEpochs epochs) {
        this.epochs = epochs;
    }

    /** The parameters of a key. */
    HeParams params(KeyStanding key) {
        return HeParams.named(key.roster().profile().value()).orElseThrow(() -> new BoardException(Code.INTERNAL));
    }

    /** The scheme of a key. */
    Bfv scheme(KeyStanding key) {
        // One entry a profile: there are three.
        return made.computeIfAbsent(key.roster().profile().value(), name -> Bfv.of(params(key)));
    }

    /** The candidates under a key. */
    SlotCandidates candidates(KeyStanding key) {
        return new SlotCandidates(CollectiveKey.read(scheme(key), epochs.publicKey(key)));
    }
}
