package io.tamis.catalog.load;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.tamis.crypto.SecretBytes;
import io.tamis.crypto.SystemRandom;
import io.tamis.data.TamisException;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

final class SealedStreamTest {
    private static final int CHUNK = 32 * 1024;

    private final SystemRandom random = new SystemRandom();
    private final SecretBytes key = SecretBytes.random(32, random);

    @ParameterizedTest
    @ValueSource(ints = {0, 1, CHUNK - 1, CHUNK, CHUNK + 1, 3 * CHUNK})
    void text_anyLength_comesBack(int length) throws IOException {
        byte[] text = random.bytes(length);
        assertArrayEquals(text, open(seal(text, "a"), "a"));
    }

    @Test
    void sealed_holdsNoText() throws IOException {
        byte[] text = "13812345678,".repeat(10_000).getBytes(StandardCharsets.UTF_8);
        String sealed = new String(seal(text, "a"), StandardCharsets.ISO_8859_1);
        assertFalse(sealed.contains("13812345678"));
    }

    @Test
    void chunk_anyBitFlipped_isRefused() throws IOException {
        byte[] sealed = seal(random.bytes(40), "a");
        for (int bit = 0; bit < sealed.length * 8; bit++) {
            byte[] flipped = sealed.clone();
            flipped[bit / 8] ^= (byte) (1 << (bit % 8));
            assertThrows(TamisException.class, () -> open(flipped, "a"));
        }
    }

    @Test
    void stream_cutAnywhere_isRefused() throws IOException {
        byte[] sealed = seal(random.bytes(2 * CHUNK + 7), "a");
        var cuts = new ArrayList<Integer>(List.of(0, 1, 3, 4, 20, sealed.length - 1));
        int at = 0;
        while (at < sealed.length) {
            cuts.add(at);
            at += 4 + (ByteBuffer.wrap(sealed).getInt(at) & Integer.MAX_VALUE);
        }
        for (int cut : cuts) {
            assertThrows(TamisException.class, () -> open(Arrays.copyOf(sealed, cut), "a"));
        }
    }

    @Test
    void chunks_swappedDroppedOrRepeated_areRefused() throws IOException {
        List<byte[]> chunks = chunks(seal(random.bytes(3 * CHUNK), "a"));
        assertTrue(chunks.size() >= 3);
        var swapped = new ArrayList<>(chunks);
        Collections.swap(swapped, 0, 1);
        var dropped = new ArrayList<>(chunks.subList(1, chunks.size()));
        var repeated = new ArrayList<>(chunks);
        repeated.add(1, chunks.get(0));
        for (var bad : List.of(swapped, dropped, repeated)) {
            assertThrows(TamisException.class, () -> open(join(bad), "a"));
        }
    }

    @Test
    void stream_ofAnotherPlaceOrKey_isRefused() throws IOException {
        byte[] sealed = seal(random.bytes(10), "sealed/orders/part-00000.sealed");
        assertThrows(TamisException.class, () -> open(sealed, "sealed/orders/part-00001.sealed"));
        var other = SecretBytes.random(32, random);
        assertThrows(
                TamisException.class,
                () -> SealedStream.opening(new ByteArrayInputStream(sealed), other, "sealed/orders/part-00000.sealed")
                        .readAllBytes());
    }

    private byte[] seal(byte[] text, String scope) throws IOException {
        var out = new ByteArrayOutputStream();
        try (var sealing = SealedStream.sealing(out, key, scope, random)) {
            sealing.write(text);
        }
        return out.toByteArray();
    }

    private byte[] open(byte[] sealed, String scope) throws IOException {
        return SealedStream.opening(new ByteArrayInputStream(sealed), key, scope)
                .readAllBytes();
    }

    private static List<byte[]> chunks(byte[] sealed) {
        var chunks = new ArrayList<byte[]>();
        for (int at = 0; at < sealed.length; ) {
            int end = at + 4 + (ByteBuffer.wrap(sealed).getInt(at) & Integer.MAX_VALUE);
            chunks.add(Arrays.copyOfRange(sealed, at, end));
            at = end;
        }
        return chunks;
    }

    private static byte[] join(List<byte[]> chunks) throws IOException {
        var out = new ByteArrayOutputStream();
        for (byte[] chunk : chunks) {
            out.write(chunk);
        }
        return out.toByteArray();
    }
}
