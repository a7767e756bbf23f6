package io.tamis.data;

import java.io.ByteArrayOutputStream;
import java.util.Arrays;
import java.util.SplittableRandom;

/** Damages bytes the way broken and hostile senders do: a bit, a byte, a span dropped, doubled or moved, the end cut off. */
public final class Mutations {
    private static final int ROUNDS_MAX = 3;

    private Mutations() {}

    /** One to three kinds of damage; now and then they undo each other. */
    public static byte[] of(byte[] whole, SplittableRandom seed) {
        byte[] damaged = whole.clone();
        for (int i = seed.nextInt(1, ROUNDS_MAX + 1); i > 0 && damaged.length > 0; i--) {
            damaged = once(damaged, seed);
        }
        return damaged;
    }

    private static byte[] once(byte[] bytes, SplittableRandom seed) {
        int begin = seed.nextInt(bytes.length);
        int end = Math.min(bytes.length, begin + seed.nextInt(1, 9));
        byte[] before = Arrays.copyOf(bytes, begin);
        byte[] span = Arrays.copyOfRange(bytes, begin, end);
        byte[] after = Arrays.copyOfRange(bytes, end, bytes.length);
        return switch (seed.nextInt(6)) {
            case 0 -> changed(bytes, begin, (byte) (bytes[begin] ^ 1 << seed.nextInt(8)));
            // A byte from elsewhere in the text fools a parser more often than a random one.
            case 1 -> changed(bytes, begin, bytes[seed.nextInt(bytes.length)]);
            case 2 -> join(before, after);
            case 3 -> join(before, span, span, after);
            case 4 -> join(span, before, after);
            default -> before;
        };
    }

    private static byte[] changed(byte[] bytes, int at, byte value) {
        byte[] copy = bytes.clone();
        copy[at] = value;
        return copy;
    }

    private static byte[] join(byte[]... parts) {
        var out = new ByteArrayOutputStream();
        for (byte[] part : parts) {
            out.writeBytes(part);
        }
        return out.toByteArray();
    }
}
