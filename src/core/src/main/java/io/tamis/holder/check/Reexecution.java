package io.tamis.holder.check;

import io.tamis.data.Hash;
import io.tamis.data.TamisException;
import io.tamis.he.Aggregate;
import io.tamis.he.Alignment;
import io.tamis.he.Bfv;
import io.tamis.he.CipherHeader;
import io.tamis.he.CipherKind;
import io.tamis.he.Ciphertext;
import io.tamis.he.Encoding;
import io.tamis.he.SignedBody;
import io.tamis.he.mask.BitMask;
import io.tamis.he.mask.FreshMaskForms;
import io.tamis.he.mask.MaskSums;
import io.tamis.holder.CiphertextSignature;
import io.tamis.holder.Roster;
import io.tamis.holder.ticket.DecryptionTicket;
import io.tamis.holder.ticket.HolderRefusal;
import io.tamis.holder.ticket.TicketSegment;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.LongConsumer;

/**
 * Items 2 and 3: every ciphertext is read, held against its platform's key and the slot it passed in, and summed under the
 * masks by the code the server sums with. One ciphertext is in memory at a time, beside one sum a segment.
 */
final class Reexecution {
    private final Bfv scheme;
    private final Roster roster;
    private final DecryptionTicket ticket;
    private final LongConsumer progress;

    /** Tells {@code progress} after each ciphertext how many are done. */
    Reexecution(Bfv scheme, Roster roster, DecryptionTicket ticket, LongConsumer progress) {
        this.scheme = scheme;
        this.roster = roster;
        this.ticket = ticket;
        this.progress = progress;
    }

    /** What came of it. */
    sealed interface Outcome {
        record Sums(List<Aggregate> aggregates) implements Outcome {
            public Sums {
                aggregates = List.copyOf(aggregates);
            }
        }

        record Refused(HolderRefusal reason) implements Outcome {}
    }

    /** The same for counts, which are added up without a mask: one ciphertext a source. */
    Outcome counts(List<TicketTag> tags, TicketContent content) {
        var inputs = new ArrayList<Ciphertext>();
        for (TicketTag tag : tags) {
            Hash hash = tag.source().inputs().getFirst();
            Optional<Ciphertext> input = content.octets(hash).flatMap(octets -> passed(tag, octets, hash));
            int slot = tag.round().slot(tag.source().tag(), 0);
            if (input.isEmpty() || !inSlot(input.get(), tag, slot)) {
                return new Outcome.Refused(HolderRefusal.INPUT_NOT_PASSED);
            }
            inputs.add(input.get());
            progress.accept(inputs.size());
        }
        try {
            return compared(List.of(Aggregate.sum(scheme, inputs)));
        } catch (TamisException repeated) {
            return new Outcome.Refused(HolderRefusal.INPUT_REPEATED);
        }
    }

    Outcome run(List<TicketTag> tags, TicketMasks masks, TicketContent content) {
        var sums = new MaskSums(
                scheme, new FreshMaskForms(scheme), ticket.segments().size());
        Set<Hash> seen = new HashSet<>();
        long done = 0;
        for (int i = 0; i < tags.size(); i++) {
            TicketTag tag = tags.get(i);
            Optional<Alignment> order = Optional.empty();
            for (int block = 0; block < tag.source().inputs().size(); block++) {
                Hash hash = tag.source().inputs().get(block);
                if (!seen.add(hash)) {
                    return new Outcome.Refused(HolderRefusal.INPUT_REPEATED);
                }
                Optional<Ciphertext> input = content.octets(hash).flatMap(octets -> passed(tag, octets, hash));
                int slot = tag.round().slot(tag.source().tag(), block);
                if (input.isEmpty() || !inSlot(input.get(), tag, slot)) {
                    return new Outcome.Refused(HolderRefusal.INPUT_NOT_PASSED);
                }
                Alignment alignment = input.get().header().alignment();
                // One mask over two orders would pick other persons in each block.
                if (!order.orElse(alignment).equals(alignment)) {
                    return new Outcome.Refused(HolderRefusal.INPUT_NOT_PASSED);
                }
                order = Optional.of(alignment);
                if (!added(sums, input.get(), block, masks.bySource().get(i))) {
                    return new Outcome.Refused(HolderRefusal.MASK_MALFORMED);
                }
                progress.accept(++done);
            }
        }
        return compared(sums);
    }

    /** Of its hash, signed by its platform, well formed; which of these it is not, nobody is told. */
    private Optional<Ciphertext> passed(TicketTag tag, byte[] octets, Hash hash) {
        try {
            var signed = SignedBody.split(octets, Ciphertext.length(scheme.params(), CipherKind.PUBLIC_KEY));
            boolean authentic = Hash.sha256(octets).equals(hash)
                    && roster.platform(tag.round().platform())
                            .filter(platform -> CiphertextSignature.holds(signed, platform.key()))
                            .isPresent();
            return authentic ? Optional.of(Ciphertext.read(scheme, signed.content())) : Optional.empty();
        } catch (TamisException malformed) {
            return Optional.empty();
        }
    }

    private boolean inSlot(Ciphertext input, TicketTag tag, int slot) {
        CipherHeader header = input.header();
        return header.kind() == CipherKind.PUBLIC_KEY
                && header.keyEpoch().number() == ticket.keyEpoch()
                && header.alignment().epoch() == tag.source().version()
                && header.slot() == slot
                && encodes(header, ticket.segments().getFirst())
                && tag.round().admits(slot, input.c1Bytes());
    }

    /** Whoever reads one kind of coefficients as the other opens what the noise was not made for. */
    private static boolean encodes(CipherHeader header, TicketSegment segment) {
        return switch (segment.kind()) {
            case MASKED -> header.encoding() == Encoding.TAGS;
            case BUCKETS -> header.encoding() == Encoding.BUCKETS && header.count() == segment.outputs();
        };
    }

    /** A count that is not the mask's is a mask over places where nobody stands, or not over all persons. */
    private boolean added(MaskSums sums, Ciphertext input, int block, List<BitMask> masks) {
        try {
            sums.add(input, block, masks);
            return true;
        } catch (TamisException otherCount) {
            return false;
        }
    }

    private Outcome compared(MaskSums sums) {
        List<Aggregate> aggregates;
        try {
            aggregates = sums.finish();
        } catch (TamisException emptyMask) {
            return new Outcome.Refused(HolderRefusal.MASK_MALFORMED);
        }
        return compared(aggregates);
    }

    private Outcome compared(List<Aggregate> aggregates) {
        for (int i = 0; i < aggregates.size(); i++) {
            if (!aggregates.get(i).hash().equals(ticket.segments().get(i).aggregate())) {
                return new Outcome.Refused(HolderRefusal.AGGREGATE_DIFFERS);
            }
        }
        return new Outcome.Sums(aggregates);
    }
}
