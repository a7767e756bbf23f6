package io.tamis.holder.check;

import io.tamis.crypto.KeyProvider;
import io.tamis.data.RandomSource;
import io.tamis.he.Aggregate;
import io.tamis.he.Bfv;
import io.tamis.he.KeyEpoch;
import io.tamis.he.NoiseBounds;
import io.tamis.he.threshold.ActiveSet;
import io.tamis.he.threshold.HolderIndex;
import io.tamis.he.threshold.OpenRequest;
import io.tamis.he.threshold.Outputs;
import io.tamis.he.threshold.SecretShare;
import io.tamis.he.threshold.Share;
import io.tamis.he.threshold.ShareFile;
import io.tamis.he.threshold.ShareHeader;
import io.tamis.he.threshold.ShareMaker;
import io.tamis.holder.Roster;
import io.tamis.holder.ticket.DecryptionTicket;
import io.tamis.holder.ticket.ShareMessage;
import io.tamis.privacy.Noise;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;

/**
 * Makes the shares of an accepted ticket: for each segment the holder's own full differentially private noise at coefficient 0,
 * blinding at all others, flooding over all. Called once for a ticket: the caller keeps the message and sends it again, as a
 * second draw of noise would let the two be averaged.
 */
public final class TicketAnswer {
    private final Bfv scheme;
    private final Roster roster;
    private final Noise noise;
    private final RandomSource random;

    /** Answers under this roster, with this noise. */
    public TicketAnswer(Bfv scheme, Roster roster, Noise noise, RandomSource random) {
        this.scheme = Objects.requireNonNull(scheme);
        this.roster = Objects.requireNonNull(roster);
        this.noise = Objects.requireNonNull(noise);
        this.random = Objects.requireNonNull(random);
    }

    /** The active set of a ticket, by the roster's indices. */
    public static ActiveSet active(Roster roster, DecryptionTicket ticket) {
        return ActiveSet.of(ticket.activeSet().stream()
                .map(party -> new HolderIndex(roster.index(party).orElseThrow()))
                .toList());
    }

    /** The signed message that opens the ticket's sums together with the other active holders'. */
    public ShareMessage answer(TicketVerdict.Accepted accepted, SecretShare key, KeyProvider keys) {
        DecryptionTicket ticket = accepted.ticket().ticket();
        ActiveSet active = active(roster, ticket);
        var maker = new ShareMaker(key, random);
        List<Share> shares = new ArrayList<>();
        for (Aggregate sum : accepted.sums()) {
            var bounds = NoiseBounds.ofMasked(scheme.params(), roster.holders().size(), sum.summed());
            long[] drawn = {noise.draw(ticket.noise().spread())};
            shares.add(maker.share(new OpenRequest(active, Outputs.FIRST, bounds), sum, drawn));
        }
        var header = new ShareHeader(
                new KeyEpoch(ticket.keyEpoch()), accepted.ticket().hash(), key.holder(), active, shares.size());
        return ShareMessage.sign(scheme, new ShareFile(header, shares), keys);
    }
}
