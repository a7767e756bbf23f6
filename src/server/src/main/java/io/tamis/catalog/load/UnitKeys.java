package io.tamis.catalog.load;

import io.tamis.crypto.KeyName;
import io.tamis.crypto.KeyProvider;
import io.tamis.data.DatasetId;
import io.tamis.data.IdentifierText;
import io.tamis.data.Semantic;
import io.tamis.data.Unit;
import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;

/**
 * Turns the text of the unit column into the person's key within the family: normalised first, so that two spellings of
 * one telephone number are one person, then HMAC-SHA256 cut to 128 bits. Two persons share a key with probability below
 * 2^-48 even among 2^40 persons. The bucket is the key's first six bits, the serial its rank within the bucket, so both
 * are independent of the order of the file, and nobody without the key can aim a person at a bucket.
 *
 * <p>For use by one thread; the accessors speak of the last value read.
 */
final class UnitKeys implements AutoCloseable {
    private static final byte[] DOMAIN = "tamis-unit-v1".getBytes(StandardCharsets.UTF_8);
    private static final VarHandle LONGS = MethodHandles.byteArrayViewVarHandle(long[].class, ByteOrder.BIG_ENDIAN);

    private final Semantic semantic;
    private final FamilyKey key;
    private final byte[] hash = new byte[32];
    private byte[] normal = new byte[64];
    private int length;

    UnitKeys(KeyProvider keys, DatasetId dataset, Unit unit) {
        this.semantic = unit.semantic();
        this.key = FamilyKey.derive(
                keys, KeyName.DATASET_MAC, DOMAIN, dataset, unit.semantic().value());
    }

    /** Reads a non-empty field; false when it is not an identifier of this kind. */
    boolean read(char[] text, int from, int count) {
        if (!IdentifierText.isClean(text, from, count)) {
            return false;
        }
        if (!copyIfNormal(text, from, count)) {
            var normalised = IdentifierText.normalise(semantic, new String(text, from, count));
            if (normalised.isEmpty()) {
                return false;
            }
            normal = normalised.get().getBytes(StandardCharsets.UTF_8);
            length = normal.length;
        }
        key.mac(normal, length, hash);
        return true;
    }

    /** First half of the person's key; its top six bits are the bucket. */
    long high() {
        return (long) LONGS.get(hash, 0);
    }

    /** Second half of the person's key. */
    long low() {
        return (long) LONGS.get(hash, 8);
    }

    /** The normalised identifier in UTF-8, {@link #normalLength} bytes of it; overwritten by the next read. */
    byte[] normal() {
        return normal;
    }

    int normalLength() {
        return length;
    }

    @Override
    public void close() {
        key.close();
        Arrays.fill(normal, (byte) 0);
    }

    /** The common case without garbage: what {@link IdentifierText#normalise} would leave as it is, or only put +86 before. */
    private boolean copyIfNormal(char[] text, int from, int count) {
        return switch (semantic.value()) {
            case "CN_MOBILE" -> count == 11 && copyMobile(text, from);
            case "EMAIL", "CN_ID", "BANK_CARD" -> false;
            default -> copyPrintable(text, from, count, 0);
        };
    }

    private boolean copyMobile(char[] text, int from) {
        if (text[from] != '1' || text[from + 1] < '3' || text[from + 1] > '9') {
            return false;
        }
        for (int i = 2; i < 11; i++) {
            if (text[from + i] < '0' || text[from + i] > '9') {
                return false;
            }
        }
        copyPrintable(text, from, 11, 3);
        normal[0] = '+';
        normal[1] = '8';
        normal[2] = '6';
        return true;
    }

    /** Copies visible ASCII to {@code at}; false at the first other character. */
    private boolean copyPrintable(char[] text, int from, int count, int at) {
        if (normal.length < at + count) {
            normal = new byte[at + count];
        }
        for (int i = 0; i < count; i++) {
            char c = text[from + i];
            if (c <= ' ' || c >= 0x7f) {
                return false;
            }
            normal[at + i] = (byte) c;
        }
        length = at + count;
        return true;
    }
}
