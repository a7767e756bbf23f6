package io.tamis.cli.witness;

import io.tamis.crypto.BcfksKeyProvider;
import io.tamis.crypto.KeyName;
import io.tamis.crypto.KeyProvider;
import io.tamis.crypto.KeySet;
import io.tamis.crypto.SecretBytes;
import io.tamis.data.Code;
import io.tamis.data.RandomSource;
import io.tamis.log.LogException;
import io.tamis.log.NoteKeyType;
import io.tamis.log.NoteSigner;
import io.tamis.log.Origin;
import io.tamis.log.VerifierKey;
import io.tamis.log.witness.FileMemory;
import io.tamis.log.witness.KnownLogs;
import io.tamis.log.witness.Witness;
import java.nio.file.Path;
import java.time.InstantSource;

/**
 * What a witness is made of: a key store with one key, and the folder of what it has cosigned, which bears that key's vkey.
 * They belong together for life: a new folder for an old key would be a witness that has forgotten its word.
 */
public record WitnessFiles(Path keys, Path state) {
    /** A witness that judges, and the lock on its folder. */
    public record Opened(Witness witness, VerifierKey key, FileMemory memory) implements AutoCloseable {
        @Override
        public void close() {
            memory.close();
        }
    }

    /** Makes both, {@code STATE_CONFLICT} when one is there already; the vkey is what logs and auditors are given. */
    public VerifierKey create(Origin name, SecretBytes password, RandomSource random) {
        // A key that cannot have its folder is not made: it would lie there as if it were a witness.
        if (FileMemory.exists(state)) {
            throw new LogException(Code.STATE_CONFLICT);
        }
        var made = BcfksKeyProvider.create(keys, password, false, random, KeySet.WITNESS);
        VerifierKey key = signer(name, made).verifierKey();
        FileMemory.create(state, key.toString());
        return key;
    }

    /** Opens both; {@code STATE_CONFLICT} when the folder is not this key's, or in use. */
    public Opened open(KnownLogs known, SecretBytes password, InstantSource clock) {
        VerifierKey key = VerifierKey.parse(FileMemory.witness(state));
        NoteSigner signer = signer(key.name(), BcfksKeyProvider.open(keys, password));
        FileMemory memory =
                FileMemory.open(state, signer.verifierKey().toString(), note -> note.verifiedBy(signer.verifierKey()));
        var witness = new Witness(known, memory, text -> signer.sign(text, clock.instant()));
        return new Opened(witness, key, memory);
    }

    private static NoteSigner signer(Origin name, KeyProvider keys) {
        return new NoteSigner(name, NoteKeyType.COSIGNATURE, keys, KeyName.WITNESS_SIGNING);
    }
}
