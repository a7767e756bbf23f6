package io.tamis.cli.tags;

import io.tamis.cli.client.Progress;
import io.tamis.crypto.KeyProvider;
import io.tamis.data.Hash;
import io.tamis.he.Alignment;
import io.tamis.he.CipherHeader;
import io.tamis.he.CipherKind;
import io.tamis.he.Encoding;
import io.tamis.he.Encryptor;
import io.tamis.he.Tuple;
import io.tamis.holder.CiphertextSignature;
import io.tamis.holder.slots.PlatformSlots;
import io.tamis.holder.slots.SlotPlan;
import java.nio.ByteBuffer;
import java.util.Arrays;
import java.util.stream.LongStream;

/**
 * Makes the ciphertexts of a round's slots from a table. A slot is one block of a tag, n positions of the order, the last one
 * fewer; or all counts of one tag.
 */
final class SlotEncryption {
    private static final String VALUES = "tamis-tag-values-v1";

    private final TagState state;
    private final TrustedKey key;
    private final TagTable table;
    private final int width;
    private final SlotPlan plan;

    SlotEncryption(TagState state, TrustedKey key, TagTable table) {
        this.state = state;
        this.key = key;
        this.table = table;
        this.width = key.key().scheme().params().n();
        this.plan = state.plan(key.key().scheme().params().paramsId());
    }

    /** The hash of what each slot will hold, 32 bytes a slot. */
    byte[] hashes() {
        var hashes = ByteBuffer.allocate(state.slots() * Hash.LENGTH);
        for (int slot = 0; slot < state.slots(); slot++) {
            long[] values = values(slot);
            hashes.put(hash(values).bytes());
            Arrays.fill(values, 0);
        }
        return hashes.array();
    }

    /** Encrypts the slots whose files are missing; the caller has made {@link #hashes} durable before. */
    void into(WorkFolder folder, PlatformSlots slots, KeyProvider keys, Progress progress) {
        var encryptor = new Encryptor(key.key());
        Hash coin = state.coin().orElseThrow();
        for (int slot = 0; slot < state.slots(); slot++) {
            if (!folder.hasCiphertext(slot)) {
                long[] values = values(slot);
                try (var seed = slots.survivorSeed(slot, coin);
                        var noise = slots.noiseSeed(slot, hash(values))) {
                    byte[] content = encryptor
                            .encrypt(header(slot, values.length), values, seed, noise)
                            .bytes();
                    folder.ciphertext(
                            slot, CiphertextSignature.sign(content, keys).bytes());
                } finally {
                    Arrays.fill(values, 0);
                }
            }
            progress.at(slot + 1L);
        }
    }

    private CipherHeader header(int slot, int count) {
        return new CipherHeader(
                CipherKind.PUBLIC_KEY,
                key.key().scheme().params(),
                state.context().keyEpoch(),
                new Alignment(state.context().version(), state.order()),
                slot,
                plan.place(slot).tag().isBuckets() ? Encoding.BUCKETS : Encoding.TAGS,
                count);
    }

    private long[] values(int slot) {
        SlotPlan.Place place = plan.place(slot);
        TagValues tag = table.values().get(place.column());
        if (place.tag().isBuckets()) {
            return LongStream.range(0, place.tag().buckets().size())
                    .map(bucket -> tag.get((int) bucket))
                    .toArray();
        }
        int first = place.block() * width;
        var values = new long[Math.min(width, state.persons() - first)];
        for (int i = 0; i < values.length; i++) {
            values[i] = tag.get(table.order().arrivalAt(first + i));
        }
        return values;
    }

    private static Hash hash(long[] values) {
        var bytes = ByteBuffer.allocate(values.length * Long.BYTES);
        bytes.asLongBuffer().put(values);
        try {
            return Tuple.of(VALUES).bytes(bytes.array()).sha256();
        } finally {
            Arrays.fill(bytes.array(), (byte) 0);
        }
    }
}
