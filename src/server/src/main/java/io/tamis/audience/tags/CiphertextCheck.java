package io.tamis.audience.tags;

import io.tamis.audience.keys.KeyStanding;
import io.tamis.audience.tags.RoundRows.Row;
import io.tamis.data.Hash;
import io.tamis.he.Alignment;
import io.tamis.he.CipherHeader;
import io.tamis.he.CipherKind;
import io.tamis.he.Ciphertext;
import io.tamis.he.Encoding;
import io.tamis.he.HeException;
import io.tamis.he.HeParams;
import io.tamis.he.SignedBody;
import io.tamis.holder.CiphertextSignature;
import io.tamis.holder.Roster;
import io.tamis.holder.slots.SlotPlan;
import jakarta.inject.Singleton;
import java.util.Arrays;

/**
 * Whether an upload is the ciphertext of its slot. Length first, then the signature, and only then is anything parsed; every
 * wrong is the same refusal, CIPHERTEXT_REJECTED, without a place in the bytes.
 *
 * <p>What it rests on: c1 alone meets the secret key, and only the c1 that survived the audit has the hash the holders
 * rebuilt the root with. NOT promised: anything about c0; a bad one alters its sender's own numbers.
 */
@Singleton
class CiphertextCheck {
    private final Schemes schemes;
    private final SlotDispute openings;

    CiphertextCheck(Schemes schemes, SlotDispute openings) {
        this.schemes = schemes;
        this.openings = openings;
    }

    /** An upload that is what it has to be. */
    record Checked(SignedBody upload, Hash hash, Hash body) {}

    /** The one length an upload under this key has. */
    int length(KeyStanding key) {
        return contentLength(schemes.params(key)) + SignedBody.SIGNATURE_LENGTH;
    }

    /** Checks an upload into a slot of a round that has passed. */
    Checked check(KeyStanding key, Row row, PassedSlots slots, int slot, byte[] upload) {
        HeParams params = schemes.params(key);
        var signed = SignedBody.split(upload, contentLength(params));
        HeException.accept(key.roster()
                .platform(row.context().platform())
                .map(Roster.Platform::key)
                .filter(signer -> CiphertextSignature.holds(signed, signer))
                .isPresent());
        byte[] content = signed.content();
        var ciphertext = Ciphertext.read(schemes.scheme(key), content);
        HeException.accept(ciphertext.header().equals(header(params, row, slots.plan(), slot)));
        HeException.accept(isSurvivor(row, slots, slot, content));
        Hash body = Hash.sha256(Arrays.copyOfRange(content, CipherHeader.LENGTH, content.length));
        return new Checked(signed, Hash.sha256(upload), body);
    }

    private static int contentLength(HeParams params) {
        return Ciphertext.length(params, CipherKind.PUBLIC_KEY);
    }

    /** The only header that fits: every field follows from the round and the slot. */
    private static CipherHeader header(HeParams params, Row row, SlotPlan plan, int slot) {
        SlotPlan.Place place = plan.place(slot);
        boolean buckets = place.tag().isBuckets();
        int count = buckets
                ? place.tag().buckets().size()
                : Math.min(params.n(), row.extent().persons() - place.block() * params.n());
        return new CipherHeader(
                CipherKind.PUBLIC_KEY,
                params,
                row.context().keyEpoch(),
                new Alignment(row.context().version(), row.extent().orderHash()),
                slot,
                buckets ? Encoding.BUCKETS : Encoding.TAGS,
                count);
    }

    private boolean isSurvivor(Row row, PassedSlots slots, int slot, byte[] content) {
        byte[] c1 = Arrays.copyOfRange(
                content, CipherHeader.LENGTH + (content.length - CipherHeader.LENGTH) / 2, content.length);
        return openings.survivor(row.id(), slots, slot)
                .filter(hash -> slots.hash(slot, c1).equals(hash))
                .isPresent();
    }
}
