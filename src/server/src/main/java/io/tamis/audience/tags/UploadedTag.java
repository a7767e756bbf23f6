package io.tamis.audience.tags;

import io.tamis.audience.board.BoardId;
import io.tamis.data.Code;
import io.tamis.data.DataException;
import io.tamis.data.Hash;
import io.tamis.holder.TagSpec;
import io.tamis.holder.slots.SlotContext;
import java.util.List;
import java.util.Objects;

/**
 * A tag of a version whose every block is uploaded, in slots that the holders have passed.
 *
 * @param context which round that was: key epoch, dataset, version, platform, attempt
 * @param spec what the platform signed that the values are
 * @param orderHash the order of the positions
 * @param persons how many of them mean something; exact, so never to be shown
 * @param firstSlot slot of block 0; the others follow
 * @param ciphertexts SHA-256 of each block's ciphertext as uploaded (header, body, signature)
 */
public record UploadedTag(
        BoardId round,
        SlotContext context,
        TagSpec spec,
        Hash orderHash,
        int persons,
        int firstSlot,
        List<Hash> ciphertexts) {
    public UploadedTag {
        Objects.requireNonNull(round);
        Objects.requireNonNull(context);
        Objects.requireNonNull(spec);
        Objects.requireNonNull(orderHash);
        ciphertexts = List.copyOf(ciphertexts);
        if (persons < 1 || firstSlot < 0 || ciphertexts.isEmpty()) {
            throw new DataException(Code.INVALID_REQUEST);
        }
    }
}
