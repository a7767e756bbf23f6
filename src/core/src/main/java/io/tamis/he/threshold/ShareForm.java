package io.tamis.he.threshold;

import io.tamis.data.Hash;
import io.tamis.he.Bfv;
import io.tamis.he.HeException;
import io.tamis.he.ring.NttPoly;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;

/** The octets that both kinds of share files have alike. */
final class ShareForm {
    private ShareForm() {}

    /** One aggregate's share. */
    record Part(Hash aggregate, List<NttPoly> polynomials) {
        Part {
            polynomials = List.copyOf(polynomials);
        }
    }

    /** A file as read. */
    record Whole(ShareHeader header, List<Part> parts) {
        Whole {
            parts = List.copyOf(parts);
        }
    }

    static int length(Bfv scheme, ShareKind kind, int count) {
        HeException.require(count >= 1 && count <= ShareHeader.COUNT_MAX);
        return Math.addExact(ShareHeader.LENGTH, Math.multiplyExact(count, partLength(scheme, kind)));
    }

    private static int partLength(Bfv scheme, ShareKind kind) {
        return Hash.LENGTH + kind.polynomials() * scheme.params().polynomialBytes();
    }

    /** Refused at the end: the time does not tell which share was wrong. */
    static Whole read(Bfv scheme, ShareKind kind, int expectedCount, byte[] file) {
        HeException.accept(file.length == length(scheme, kind, expectedCount));
        var header = ShareHeader.read(scheme, file);
        HeException.accept(header.kind() == kind && header.count() == expectedCount);
        var parts = new ArrayList<Part>();
        var seen = new HashSet<Hash>();
        boolean wellFormed = true;
        for (int i = 0; i < expectedCount; i++) {
            int at = ShareHeader.LENGTH + i * partLength(scheme, kind);
            var aggregate = new byte[Hash.LENGTH];
            ByteBuffer.wrap(file).get(at, aggregate);
            var hash = Hash.of(aggregate);
            var polynomials = new ArrayList<NttPoly>();
            for (int p = 0; p < kind.polynomials(); p++) {
                Optional<NttPoly> read = scheme.unpacked(
                        file, at + Hash.LENGTH + p * scheme.params().polynomialBytes());
                wellFormed &= read.isPresent();
                read.ifPresent(polynomials::add);
            }
            wellFormed &= seen.add(hash);
            parts.add(new Part(hash, polynomials));
        }
        HeException.accept(wellFormed);
        return new Whole(header, parts);
    }

    static byte[] bytes(Bfv scheme, ShareHeader header, List<Part> parts) {
        var out =
                ByteBuffer.allocate(length(scheme, header.kind(), parts.size())).put(header.bytes(scheme));
        for (var part : parts) {
            out.put(part.aggregate().bytes());
            part.polynomials().forEach(poly -> out.put(scheme.pack(poly)));
        }
        return out.array();
    }
}
