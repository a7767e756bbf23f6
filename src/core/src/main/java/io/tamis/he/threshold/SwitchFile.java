package io.tamis.he.threshold;

import io.tamis.data.Hash;
import io.tamis.he.Bfv;
import io.tamis.he.HeException;
import java.util.HashSet;
import java.util.List;

/**
 * The shares with which a merchant, and nobody else, reads the values: {@link ShareKind#SWITCH}. Which merchant's key it is,
 * the ticket says, whose hash the header names.
 *
 * @param header what is answered
 * @param shares one for each aggregate, none twice
 */
public record SwitchFile(ShareHeader header, List<SwitchShare> shares) implements HolderShares {
    /** Shares that fit their header. */
    public SwitchFile {
        shares = List.copyOf(shares);
        HeException.require(header.kind() == ShareKind.SWITCH && shares.size() == header.count());
        var seen = new HashSet<Hash>();
        for (var share : shares) {
            HeException.require(share.holder().equals(header.holder())
                    && share.active().equals(header.active())
                    && seen.add(share.aggregate()));
        }
    }

    /** Reads a file of switch shares, as {@link HolderShares#read}. */
    public static SwitchFile read(Bfv scheme, int expectedCount, byte[] file) {
        var whole = ShareForm.read(scheme, ShareKind.SWITCH, expectedCount, file);
        var header = whole.header();
        return new SwitchFile(
                header,
                whole.parts().stream()
                        .map(part -> new SwitchShare(
                                header.holder(),
                                header.active(),
                                part.aggregate(),
                                part.polynomials().getFirst(),
                                part.polynomials().getLast()))
                        .toList());
    }

    @Override
    public List<Hash> aggregates() {
        return shares.stream().map(SwitchShare::aggregate).toList();
    }

    @Override
    public byte[] bytes(Bfv scheme) {
        return ShareForm.bytes(
                scheme,
                header,
                shares.stream()
                        .map(share -> new ShareForm.Part(share.aggregate(), List.of(share.h0(), share.h1())))
                        .toList());
    }
}
