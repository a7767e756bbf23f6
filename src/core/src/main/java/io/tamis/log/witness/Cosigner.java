package io.tamis.log.witness;

import io.tamis.log.SignedNote;

/** Signs checkpoints as a witness. */
public interface Cosigner {
    /** The cosignature (C2SP tlog-cosignature) of a checkpoint's text, as of now. */
    SignedNote.Signature cosign(String checkpoint);
}
