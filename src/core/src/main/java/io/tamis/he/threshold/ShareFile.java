package io.tamis.he.threshold;

import io.tamis.data.Hash;
import io.tamis.he.Bfv;
import io.tamis.he.HeException;
import java.util.HashSet;
import java.util.List;

/**
 * The shares with which the service reads the values: {@link ShareKind#PLAIN}.
 *
 * @param header what is answered
 * @param shares one for each aggregate, none twice
 */
public record ShareFile(ShareHeader header, List<Share> shares) implements HolderShares {
    /** Shares that fit their header. */
    public ShareFile {
        shares = List.copyOf(shares);
        HeException.require(header.kind() == ShareKind.PLAIN && shares.size() == header.count());
        var seen = new HashSet<Hash>();
        for (var share : shares) {
            HeException.require(share.holder().equals(header.holder())
                    && share.active().equals(header.active())
                    && seen.add(share.aggregate()));
        }
    }

    /** Length of a file of so many shares. */
    public static int length(Bfv scheme, int count) {
        return ShareForm.length(scheme, ShareKind.PLAIN, count);
    }

    /** Reads a plain file, as {@link HolderShares#read}. */
    public static ShareFile read(Bfv scheme, int expectedCount, byte[] file) {
        var whole = ShareForm.read(scheme, ShareKind.PLAIN, expectedCount, file);
        var header = whole.header();
        return new ShareFile(
                header,
                whole.parts().stream()
                        .map(part -> new Share(
                                header.holder(),
                                header.active(),
                                part.aggregate(),
                                part.polynomials().getFirst()))
                        .toList());
    }

    @Override
    public List<Hash> aggregates() {
        return shares.stream().map(Share::aggregate).toList();
    }

    @Override
    public byte[] bytes(Bfv scheme) {
        return ShareForm.bytes(
                scheme,
                header,
                shares.stream()
                        .map(share -> new ShareForm.Part(share.aggregate(), List.of(share.h())))
                        .toList());
    }
}
