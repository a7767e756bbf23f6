package io.tamis.holder;

import io.tamis.data.Code;
import io.tamis.data.DataException;
import io.tamis.data.Json;
import io.tamis.data.JsonFields;
import io.tamis.log.StrictBase64;
import java.util.Arrays;

/** A party's public key: 32 bytes of Ed25519 or X25519, written in base64. */
public final class PartyKey {
    /** Length in bytes. */
    public static final int BYTES = 32;

    private static final int TEXT_MAX = 44;

    private final byte[] bytes;

    private PartyKey(byte[] bytes) {
        this.bytes = bytes;
    }

    /** A key of exactly 32 bytes, copied. */
    public static PartyKey of(byte[] bytes) {
        if (bytes.length != BYTES) {
            throw new DataException(Code.INVALID_REQUEST);
        }
        return new PartyKey(bytes.clone());
    }

    /** The key written in base64, with padding. */
    public static PartyKey parse(String base64) {
        try {
            return of(StrictBase64.decode(base64));
        } catch (io.tamis.log.LogException malformed) {
            throw new DataException(Code.INVALID_REQUEST);
        }
    }

    static PartyKey read(Json value) {
        return parse(JsonFields.text(value, TEXT_MAX));
    }

    /** A copy of the bytes. */
    public byte[] bytes() {
        return bytes.clone();
    }

    @Override
    public boolean equals(Object other) {
        return other instanceof PartyKey that && Arrays.equals(bytes, that.bytes);
    }

    @Override
    public int hashCode() {
        return Arrays.hashCode(bytes);
    }

    /** The key in base64. */
    @Override
    public String toString() {
        return StrictBase64.encode(bytes);
    }
}
