package io.tamis.audience.tags;

import io.tamis.data.DatasetId;
import io.tamis.data.Hash;
import io.tamis.he.KeyEpoch;
import io.tamis.holder.TagName;
import java.util.Optional;
import org.jdbi.v3.core.Handle;

/** The encrypted tags of platforms, for jobs. */
public interface Uploads {
    /**
     * The tag of a version, whole: its round is passed and nobody's accusation stands, every block is there. Empty
     * otherwise. Whether the key epoch is active is asked of {@link io.tamis.audience.keys.KeyEpochs}.
     */
    Optional<UploadedTag> tag(Handle tx, KeyEpoch epoch, DatasetId dataset, int version, TagName name);

    /** The bytes of a ciphertext as uploaded (header, body, signature), hashed again; INTERNAL when they are not there. */
    byte[] ciphertext(Hash hash);
}
