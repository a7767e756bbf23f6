package io.tamis.catalog.parquet;

import static io.tamis.catalog.parquet.ParquetException.require;

import com.github.luben.zstd.Zstd;
import com.github.luben.zstd.ZstdException;
import java.util.zip.CRC32;
import java.util.zip.DataFormatException;
import java.util.zip.Inflater;

/** How pages are packed (parquet.thrift, enum CompressionCodec). Each unpacks into room of the announced size only. */
enum Codec {
    UNCOMPRESSED,
    SNAPPY,
    GZIP,
    ZSTD;

    /** Of an empty gzip member, and so of every one (RFC 1952 section 2.3). */
    private static final int GZIP_BYTES_MIN = 18;

    private static final int GZIP_TRAILER_BYTES = 8;

    /** The codec with this number; LZO, Brotli and both kinds of LZ4 are not read. */
    static Codec of(int number) {
        return switch (number) {
            case 0 -> UNCOMPRESSED;
            case 1 -> SNAPPY;
            case 2 -> GZIP;
            case 6 -> ZSTD;
            default -> throw ParquetException.malformed();
        };
    }

    /** Unpacks the bytes from {@code at} on, which must fill the room exactly. */
    void unpack(byte[] from, int at, byte[] into) {
        switch (this) {
            case UNCOMPRESSED -> {
                require(from.length - at == into.length);
                System.arraycopy(from, at, into, 0, into.length);
            }
            case SNAPPY -> Snappy.unpack(from, at, into);
            case GZIP -> gunzip(from, at, into);
            case ZSTD -> require(unzstd(from, at, into) == into.length);
        }
    }

    /** Native code, which is given both lengths and keeps to them; a single call holds no window of the file's choosing. */
    private static long unzstd(byte[] from, int at, byte[] into) {
        try {
            return Zstd.decompressByteArray(into, 0, into.length, from, at, from.length - at);
        } catch (ZstdException damaged) {
            throw ParquetException.malformed();
        }
    }

    /** One gzip member with the plainest header, as all writers of Parquet make it. */
    private static void gunzip(byte[] from, int at, byte[] into) {
        require(from.length - at >= GZIP_BYTES_MIN && from[at] == 0x1f && from[at + 1] == (byte) 0x8b);
        require(from[at + 2] == 8 && from[at + 3] == 0);
        int start = at + GZIP_BYTES_MIN - GZIP_TRAILER_BYTES;
        try (var inflater = new Inflater(true)) {
            inflater.setInput(from, start, from.length - start);
            int done = 0;
            while (done < into.length) {
                int made = inflater.inflate(into, done, into.length - done);
                require(made > 0);
                done += made;
            }
            require(inflater.inflate(new byte[1]) == 0 && inflater.finished());
            require(inflater.getRemaining() == GZIP_TRAILER_BYTES);
        } catch (DataFormatException damaged) {
            throw ParquetException.malformed();
        }
        var crc = new CRC32();
        crc.update(into, 0, into.length);
        require((int) crc.getValue() == Bits.int32(from, from.length - GZIP_TRAILER_BYTES));
    }
}
