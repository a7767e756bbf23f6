package io.tamis.he.threshold;

import io.tamis.data.Hash;
import io.tamis.he.Bfv;
import io.tamis.he.HeException;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;

/**
 * A holder's answer to a ticket: {@link ShareHeader}, then for each aggregate, in the ticket's order, its hash and the packed
 * share. The holder's Ed25519 signature over all of it stands behind ({@link io.tamis.he.SignedBody}).
 *
 * @param header what is answered
 * @param shares one for each aggregate, none twice
 */
public record ShareFile(ShareHeader header, List<Share> shares) {
    /** Shares that fit their header. */
    public ShareFile {
        shares = List.copyOf(shares);
        HeException.require(shares.size() == header.count());
        var seen = new HashSet<Hash>();
        for (var share : shares) {
            HeException.require(share.holder().equals(header.holder())
                    && share.active().equals(header.active())
                    && seen.add(share.aggregate()));
        }
    }

    /** Length of a file of so many shares. */
    public static int length(Bfv scheme, int count) {
        HeException.require(count >= 1 && count <= ShareHeader.COUNT_MAX);
        return Math.addExact(
                ShareHeader.LENGTH,
                Math.multiplyExact(count, Hash.LENGTH + scheme.params().polynomialBytes()));
    }

    /**
     * Reads a file for a ticket that asked for so many shares, exactly; its length is compared before anything is allocated.
     * The signature is checked before, ticket, epoch and active set by the caller after.
     */
    public static ShareFile read(Bfv scheme, int expectedCount, byte[] file) {
        HeException.accept(file.length == length(scheme, expectedCount));
        var header = ShareHeader.read(scheme, file);
        HeException.accept(header.count() == expectedCount);
        var shares = new ArrayList<Share>();
        var seen = new HashSet<Hash>();
        int at = ShareHeader.LENGTH;
        boolean wellFormed = true;
        for (int i = 0; i < expectedCount; i++) {
            var aggregate = new byte[Hash.LENGTH];
            ByteBuffer.wrap(file).get(at, aggregate);
            var hash = Hash.of(aggregate);
            var h = scheme.unpacked(file, at + Hash.LENGTH);
            wellFormed &= seen.add(hash) && h.isPresent();
            h.ifPresent(poly -> shares.add(new Share(header.holder(), header.active(), hash, poly)));
            at += Hash.LENGTH + scheme.params().polynomialBytes();
        }
        // Refused at the end: the time does not tell which share was wrong.
        HeException.accept(wellFormed);
        return new ShareFile(header, shares);
    }

    /** The bytes to sign. */
    public byte[] bytes(Bfv scheme) {
        var out = ByteBuffer.allocate(length(scheme, shares.size())).put(header.bytes(scheme));
        for (var share : shares) {
            out.put(share.aggregate().bytes()).put(scheme.pack(share.h()));
        }
        return out.array();
    }
}
