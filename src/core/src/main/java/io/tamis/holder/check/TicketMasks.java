package io.tamis.holder.check;

import io.tamis.data.Hash;
import io.tamis.data.TamisException;
import io.tamis.he.HeParams;
import io.tamis.he.mask.BitMask;
import io.tamis.holder.ticket.DecryptionTicket;
import io.tamis.holder.ticket.TicketSegment;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * Item 4, and the masks' part of the sensitivity: every mask of a ticket, by source and segment.
 *
 * @param bySource for each source its masks in the order of segments, all of one length
 */
record TicketMasks(List<List<BitMask>> bySource) {
    TicketMasks {
        bySource = bySource.stream().map(List::copyOf).toList();
    }

    /**
     * Reads every mask; empty when one is not there, not the one of its hash, of another length than its neighbours, or not of
     * just as many blocks as its source has ciphertexts: places behind the last would count as persons and add nothing.
     *
     * @param params of the ciphertexts: their n is a block's positions
     */
    static Optional<TicketMasks> read(HeParams params, DecryptionTicket ticket, TicketContent content) {
        var bySource = new ArrayList<List<BitMask>>();
        for (int source = 0; source < ticket.sources().size(); source++) {
            var masks = new ArrayList<BitMask>();
            int blocks = ticket.sources().get(source).inputs().size();
            for (TicketSegment segment : ticket.segments()) {
                Hash hash = segment.masks().get(source);
                Optional<BitMask> mask = content.octets(hash)
                        .flatMap(octets -> mask(octets, hash))
                        .filter(read -> read.blocks(params.n()) == blocks);
                if (mask.isEmpty()
                        || mask.get().bits()
                                != masks.stream().findFirst().orElse(mask.get()).bits()) {
                    return Optional.empty();
                }
                masks.add(mask.get());
            }
            bySource.add(masks);
        }
        return Optional.of(new TicketMasks(bySource));
    }

    private static Optional<BitMask> mask(byte[] octets, Hash hash) {
        if (octets.length < Integer.BYTES || !Hash.sha256(octets).equals(hash)) {
            return Optional.empty();
        }
        try {
            // How many persons there are is held against the ciphertexts' own headers when they are summed.
            return Optional.of(BitMask.read(ByteBuffer.wrap(octets).getInt(), octets));
        } catch (TamisException malformed) {
            return Optional.empty();
        }
    }

    /** Positions of each source, in order. */
    List<Integer> persons() {
        return bySource.stream().map(masks -> masks.getFirst().bits()).toList();
    }

    /**
     * Fewest persons behind any segment on any platform. Every position is a person: a mask is as long as its ciphertexts'
     * counts say, so none can be padded with places where nobody stands.
     */
    int leastWeight() {
        return bySource.stream()
                .flatMap(List::stream)
                .mapToInt(BitMask::weight)
                .min()
                .orElseThrow();
    }

    /** Most segments that hold one position of one source: how many opened numbers one person can move. */
    int groups() {
        return bySource.stream().mapToInt(Overlaps::most).max().orElseThrow();
    }
}
