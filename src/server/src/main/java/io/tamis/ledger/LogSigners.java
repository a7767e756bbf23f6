package io.tamis.ledger;

import io.tamis.crypto.KeyName;
import io.tamis.crypto.KeyProvider;
import io.tamis.log.NoteKeyType;
import io.tamis.log.NoteSigner;
import io.tamis.log.Origin;
import io.tamis.log.VerifierKey;
import jakarta.inject.Singleton;
import java.util.ArrayList;
import java.util.List;
import org.eclipse.microprofile.config.inject.ConfigProperty;

/** Who signs a log's checkpoints: Ed25519 first, ML-DSA-44 for those who read them in decades, SM2 when it is switched on. */
@Singleton
final class LogSigners {
    private final KeyProvider keys;
    private final boolean sm2;

    LogSigners(KeyProvider keys, @ConfigProperty(name = "tamis.ledger.sm2", defaultValue = "false") boolean sm2) {
        this.keys = keys;
        this.sm2 = sm2;
    }

    /** The signers of the log of this name, in the order of their lines. */
    List<NoteSigner> of(Origin log) {
        var signers = new ArrayList<NoteSigner>();
        signers.add(new NoteSigner(log, NoteKeyType.ED25519, keys, KeyName.LEDGER_SIGNING));
        signers.add(new NoteSigner(log, NoteKeyType.ML_DSA_44, keys, KeyName.LEDGER_SIGNING_PQ));
        if (sm2) {
            signers.add(new NoteSigner(log, NoteKeyType.SM2, keys, KeyName.LEDGER_SIGNING_SM2));
        }
        return List.copyOf(signers);
    }

    /** The keys that verify them, in the same order. */
    List<VerifierKey> verifierKeys(Origin log) {
        return of(log).stream().map(NoteSigner::verifierKey).toList();
    }
}
