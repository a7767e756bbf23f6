package io.tamis.holder.check;

import io.tamis.he.mask.BitMask;
import io.tamis.holder.ticket.DecryptionTicket;
import java.util.Arrays;
import java.util.List;

/**
 * Counts, for every position at once, in how many masks it is: one bit plane for each binary digit of the counts, eight
 * positions a byte.
 */
final class Overlaps {
    private static final int PLANES = Integer.SIZE - Integer.numberOfLeadingZeros(DecryptionTicket.SEGMENTS_MAX);

    private Overlaps() {}

    /** The greatest count of any position; 0 when all masks are empty. */
    static int most(List<BitMask> masks) {
        int length = masks.getFirst().file().length - Integer.BYTES;
        var planes = new byte[PLANES][length];
        for (BitMask mask : masks) {
            byte[] file = mask.file();
            for (int i = 0; i < length; i++) {
                add(planes, i, file[Integer.BYTES + i]);
            }
        }
        int most = 0;
        for (int i = 0; i < length; i++) {
            most = Math.max(most, most(planes, i));
        }
        Arrays.stream(planes).forEach(plane -> Arrays.fill(plane, (byte) 0));
        return most;
    }

    private static void add(byte[][] planes, int i, byte bits) {
        int carry = bits & 0xff;
        for (int plane = 0; carry != 0; plane++) {
            int both = planes[plane][i] & carry;
            planes[plane][i] ^= (byte) carry;
            carry = both;
        }
    }

    /** The greatest of eight counts: from the top plane down, only those positions stay that have the bit, if any has. */
    private static int most(byte[][] planes, int i) {
        int alive = 0xff;
        int most = 0;
        for (int plane = PLANES - 1; plane >= 0; plane--) {
            int having = planes[plane][i] & alive;
            if (having != 0) {
                alive = having;
                most |= 1 << plane;
            }
        }
        return most;
    }
}
