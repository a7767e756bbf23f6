package io.tamis.catalog.parquet;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import com.github.luben.zstd.Zstd;
import io.tamis.data.Code;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.util.Arrays;
import java.util.List;
import java.util.zip.GZIPOutputStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

final class CodecTest {
    @ParameterizedTest
    @EnumSource(
            value = Codec.class,
            names = {"UNCOMPRESSED", "GZIP", "ZSTD"})
    void packed_intoItsRoom_comesBack_andIntoNoOther(Codec codec) throws IOException {
        byte[] text = new byte[1_000];
        for (int i = 0; i < text.length; i++) {
            text[i] = (byte) (i * i);
        }
        byte[] packed = packed(codec, text);
        var into = new byte[text.length];
        codec.unpack(packed, 0, into);
        assertArrayEquals(text, into);
        for (int room : List.of(0, 1, 999, 1_001, 2_000)) {
            refused(codec, packed, room);
        }
        for (int length = 0; length < packed.length; length++) {
            refused(codec, Arrays.copyOf(packed, length), text.length);
        }
        refused(codec, Arrays.copyOf(packed, packed.length + 1), text.length);
    }

    @Test
    void gzip_withAnotherChecksum_isRefused() throws IOException {
        byte[] packed = packed(Codec.GZIP, new byte[100]);
        packed[packed.length - 8] ^= 1;
        refused(Codec.GZIP, packed, 100);
    }

    /** A header that says it unpacks to gigabytes gets the room of the page, and no more. */
    @Test
    void zstd_announcingMoreThanThereIsRoom_isRefused() {
        byte[] packed = Zstd.compress(new byte[50_000_000]);
        refused(Codec.ZSTD, packed, 100);
    }

    @ParameterizedTest
    @ValueSource(ints = {-1, 3, 4, 5, 7, 8, 1_000})
    void codec_thatIsNotRead_isRefused(int number) {
        assertThrows(ParquetException.class, () -> Codec.of(number));
    }

    private static void refused(Codec codec, byte[] packed, int room) {
        var refused = assertThrows(ParquetException.class, () -> codec.unpack(packed, 0, new byte[room]));
        assertEquals(Code.INVALID_REQUEST, refused.code());
    }

    private static byte[] packed(Codec codec, byte[] text) throws IOException {
        return switch (codec) {
            case UNCOMPRESSED -> text;
            case ZSTD -> Zstd.compress(text);
            case GZIP -> {
                var out = new ByteArrayOutputStream();
                try (var gzip = new GZIPOutputStream(out)) {
                    gzip.write(text);
                }
                yield out.toByteArray();
            }
            case SNAPPY -> throw new IllegalArgumentException("see SnappyTest");
        };
    }
}
